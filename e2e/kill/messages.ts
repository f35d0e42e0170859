import type { StepPoint } from "@opendvp/core";

/** A point of a workflow, whatever the job: the n-th time that a job of a target passes it. */
export type PassedPoint = Pick<StepPoint, "workflow" | "step" | "direction" | "moment"> & { readonly occurrence: number };

/** What happens to the job about the object of this name when it passes the point. */
export interface PointRule {
  readonly targetName: string;
  readonly point: PassedPoint;
  readonly action: "hold" | "fail";
}

export type ToEngine =
  | { readonly type: "rules"; readonly id: number; readonly rules: readonly PointRule[] }
  | { readonly type: "trace"; readonly id: number; readonly isTracing: boolean }
  | { readonly type: "release"; readonly id: number }
  | { readonly type: "clock"; readonly id: number; readonly aheadMs: number }
  | { readonly type: "restore"; readonly id: number }
  | { readonly type: "take-down"; readonly id: number; readonly dataset: string }
  | { readonly type: "settled"; readonly id: number }
  | { readonly type: "audit"; readonly id: number }
  | { readonly type: "plans"; readonly id: number }
  | { readonly type: "stop" };

export type FromEngine =
  | { readonly type: "ready"; readonly address: string }
  | { readonly type: "password"; readonly password: string }
  | { readonly type: "held"; readonly point: StepPoint & { readonly occurrence: number } }
  | { readonly type: "passed"; readonly point: StepPoint & { readonly occurrence: number } }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "trouble"; readonly message: string };
