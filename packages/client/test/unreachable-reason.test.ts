import { describe, expect, it } from "vitest";
import { unreachableReason } from "../src/index.ts";

/** As fetch throws it. */
function failed(code: string, message = ""): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

describe("why no engine answers", () => {
  it.each([
    ["ENOTFOUND", "its host name is unknown"],
    ["EAI_AGAIN", "its host name is unknown"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "it does not speak HTTPS; write http:// where it speaks HTTP"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is not accepted"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is not accepted"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate is not accepted"],
    ["UND_ERR_CONNECT_TIMEOUT", "it does not answer in time"],
    ["EHOSTUNREACH", "no way leads to its host"],
  ])("is told in words where the system says %s", (code, reason) => {
    expect(unreachableReason(failed(code, "raw words"))).toBe(reason);
  });

  it("is told of a request that was given up after its time", () => {
    expect(unreachableReason(new DOMException("The operation was aborted due to timeout", "TimeoutError"))).toBe(
      "it does not answer in time",
    );
  });

  it("is what was thrown where nobody has words for it", () => {
    expect(unreachableReason(failed("EODD", "Odd."))).toBe("Odd.");
    expect(unreachableReason(failed("EODD"))).toBe("EODD");
    expect(unreachableReason("no error")).toBe("the request failed");
  });
});
