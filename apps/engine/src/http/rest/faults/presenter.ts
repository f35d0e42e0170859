import type { Fault } from "@opendvp/contract";
import type { Fault as FaultEntity } from "@opendvp/core";

export function presentFault(fault: FaultEntity): Fault {
  return {
    id: fault.reference,
    target_id: fault.target,
    target_name: fault.targetName,
    code: fault.code,
    message: fault.message,
    action: fault.action,
    status: fault.state,
    creation_time: fault.createdAt,
    resolution_time: fault.resolvedAt,
  };
}
