import { describe, expect, it } from "vitest";
import { EngineError, endSentence, sentences } from "../../src/index.ts";

describe("a message and what to do about it", () => {
  it("never run together, whatever the message ends with", () => {
    const { message, action } = new EngineError(
      "MOUNT_POINT_REFUSED",
      'Nothing can be mounted at "/usr": it is a directory of the system',
      {
        action: "Choose a directory of its own.",
      },
    );
    expect(sentences(message, action)).toBe(
      'Nothing can be mounted at "/usr": it is a directory of the system. Choose a directory of its own.',
    );
  });

  it.each([
    ["It failed: no such file", "It failed: no such file."],
    ["It failed: ", "It failed."],
    ["It failed: permission denied\n", "It failed: permission denied."],
    ["It failed.", "It failed."],
    ["Is it there?", "Is it there?"],
    ["It said (and meant it).", "It said (and meant it)."],
    ["It said (rsync ended with 23)", "It said (rsync ended with 23)."],
    ['It said "not now."', 'It said "not now."'],
    ["And so on…", "And so on…"],
    ["", ""],
  ])("%j ends as %j", (text, ended) => {
    expect(endSentence(text)).toBe(ended);
    expect(endSentence(ended)).toBe(ended);
  });

  it("keeps the lines of a list, and puts what to do below them", () => {
    expect(sentences("These are left:\n  one\n  two", "Unmount them.")).toBe("These are left:\n  one\n  two\nUnmount them.");
  });

  it("are each alone where the other is missing", () => {
    expect(sentences("It failed", "")).toBe("It failed");
    expect(sentences("", "Try again.")).toBe("Try again.");
  });

  it("stay as they are across a process boundary", () => {
    const error = new EngineError("INTERNAL", "It failed: reason", { action: "Ask." });
    expect(error.message).toBe("It failed: reason.");
    expect(EngineError.fromShape(error.toShape()).toShape()).toEqual(error.toShape());
    expect(EngineError.from(new Error("no such table")).message).toBe("no such table.");
  });
});
