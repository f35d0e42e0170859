import Type from "typebox";
import { jsonObject } from "../schema/json-object.ts";

/** Every failure's answer. */
export const ErrorBody = Type.Object(
  {
    code: Type.String({ description: "A code of the error table: never renamed, never used for something else." }),
    message: Type.String({ description: "What happened, and where." }),
    action: Type.String({ description: "What to do about it." }),
    details: jsonObject("Particulars for programs."),
  },
  { description: "What went wrong and what to do." },
);
