import type { Account } from "@opendvp/contract";
import type { User } from "@opendvp/core";

export function presentAccount(user: User): Account {
  return {
    id: user.reference,
    username: user.name,
    role: user.role,
    is_admin: user.role === "admin",
    creation_time: user.createdAt,
  };
}
