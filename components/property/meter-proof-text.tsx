import { StateMark } from "@/components/ui/state-mark";

export type Proof = "claimed" | "verified" | "read" | "contested";

export const PROOF_MARKS = {
  claimed: "waiting",
  verified: "ok",
  contested: "refused",
  read: "ok",
} as const;

/** Whose a number is, by a shape and in words. */
export function MeterProofText({ proof, text }: { readonly proof: Proof; readonly text: string }) {
  return (
    <span className="flex gap-2">
      <span className="mt-0.5">
        <StateMark kind={PROOF_MARKS[proof]} />
      </span>
      {text}
    </span>
  );
}
