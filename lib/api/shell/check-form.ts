import type { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { type Problem, problem } from "../core/problems";
import { purchaseByMeter, purchaseByQuote, purchaseRequest } from "./schemas";

/** What was sent, by its schema; refused with each fault in its place. */
export function checkForm(schema: z.ZodType, sent: unknown): Result<unknown, Problem> {
  const parsed = oneOf(schema, sent).safeParse(sent);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.flatMap(faultsOf);
  const isAmount = errors.every(({ pointer }) => pointer === "/amount/minor");
  return err(problem(isAmount ? "amount-invalid" : "body-invalid", { errors }));
}

/** Of the two ways to buy the one that was meant, so that its faults are told and not both's. */
function oneOf(schema: z.ZodType, sent: unknown): z.ZodType {
  if (schema !== purchaseRequest) return schema;
  const isByQuote = typeof sent === "object" && sent !== null && "quote" in sent;
  return isByQuote ? purchaseByQuote : purchaseByMeter;
}

function faultsOf(issue: z.core.$ZodIssue) {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: "Unknown field.",
    }));
  }
  return [{ pointer: pointerOf(issue.path), detail: issue.message }];
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1"));
  return parts.map((part) => `/${part.slice(0, 64)}`).join("");
}
