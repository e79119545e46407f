import { err, ok, type Result } from "@/lib/kernel";
import type { ChangeNameError, ChangePasswordError } from "../errors";
import { cleanName, LONGEST_NAME } from "./display-name";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password-limits";

/** A new password stays as typed and needs 12 characters, as people count them; no special ones. */
export function parseNewPassword(typed: string): Result<string, ChangePasswordError> {
  if (typed.length > LONGEST_PASSWORD) {
    return err({ code: "password-too-long", most: LONGEST_PASSWORD });
  }
  const isShort = [...typed].length < SHORTEST_PASSWORD;
  return isShort ? err({ code: "password-too-short", least: SHORTEST_PASSWORD }) : ok(typed);
}

/** A person's own name, without control characters and space around it. */
export function parseName(typed: string): Result<string, ChangeNameError> {
  const name = cleanName(typed);
  if (name === "") return err({ code: "name-missing" });
  return name.length > LONGEST_NAME ? err({ code: "name-too-long", most: LONGEST_NAME }) : ok(name);
}
