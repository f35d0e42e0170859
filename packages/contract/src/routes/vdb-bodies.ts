import Type from "typebox";
import { hookProperties } from "../resources/hook.ts";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { requestBody } from "../schema/request-body.ts";
import { Description, Name, NameOrId, TimestampInput } from "../schema/texts.ts";

const parameters = jsonObject("A VirtualSourceDefinition of the plugin.");

const virtualSourceInput = {
  name: Name,
  description: Type.Optional(Description),
  repository_id: Type.Optional(NameOrId),
  environment_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 256, description: "Instead of repository_id, where it has one fit repository." }),
  ),
  environment_user_id: Type.Optional(NameOrId),
  appdata_source_params: Type.Optional(parameters),
  require_thin: Type.Optional(Type.Boolean({ description: "Refuse a pool that would make a full copy." })),
  ...hookProperties,
};

export const ProvisionBySnapshot = requestBody({
  ...virtualSourceInput,
  snapshot_id: Type.Optional(NameOrId),
  source_data_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 256,
      description: "The dataset whose latest snapshot to take, without snapshot_id; with it, the one that the snapshot is of.",
    }),
  ),
});

export const ProvisionByTimestamp = requestBody({
  ...virtualSourceInput,
  source_data_id: NameOrId,
  timestamp: Type.Optional(TimestampInput),
});

export const ProvisionByLocation = requestBody({
  ...virtualSourceInput,
  location: Type.String({ minLength: 1, maxLength: 256, description: "`location` of a snapshot." }),
  source_data_id: Type.Optional(NameOrId),
});

export const CreateEmpty = requestBody({
  ...virtualSourceInput,
  pool_id: Type.Optional(NameOrId),
  toolkit_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 256, description: "The plugin, where environment_id stands for the repository." }),
  ),
});

export const UpdateVdb = requestBody({
  name: Type.Optional(Name),
  description: Type.Optional(Description),
  appdata_source_params: Type.Optional(parameters),
  owner: Type.Optional(nullable(NameOrId)),
});

export const RefreshBySnapshot = requestBody({ snapshot_id: Type.Optional(NameOrId) });
export const RefreshByTimestamp = requestBody({ timestamp: TimestampInput, dataset_id: Type.Optional(NameOrId) });
export const RollbackBySnapshot = requestBody({ snapshot_id: Type.Optional(NameOrId) });
export const RollbackByTimestamp = requestBody({ timestamp: TimestampInput });
export const Force = requestBody({ force: Type.Optional(Type.Boolean({ description: "Go on over errors of the plugin and of hooks." })) });
export const TakeSnapshot = requestBody({
  name: Type.Optional(Name),
  allow_stop: Type.Optional(Type.Boolean({ description: "Stop the VDB where the pool cannot snapshot a running one." })),
});
