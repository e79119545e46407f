import type { EditorFields, EditorState } from "@/components/tariffs/editor-state";
import type { Translate } from "@/components/ui/translate";
import type { CurrencyCode } from "@/lib/money";
import { parseDefinition, type ReferenceTariff, type ScheduleError } from "@/lib/tariffs";
import { definitionOfFields, fieldOfPath } from "./read-editor-form";
import { comparisonView, simulate } from "./simulation";

type Given = {
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly references: readonly ReferenceTariff[];
  readonly t: Translate;
  /** After a row more or less: what is still empty is no fault yet. */
  readonly isQuiet?: boolean;
};

type Answer = Omit<EditorState, "revision">;

/** What the editor shows for its fields: faults, a trial purchase, the comparison. */
export function answerEditor(fields: EditorFields, given: Given): Answer {
  const { currency, locale, references, t, isQuiet = false } = given;
  const nothing = { fields, errors: {}, message: "", simulation: null, comparison: null };
  const parsed = parseDefinition(definitionOfFields(fields));
  if (!parsed.ok) {
    return isQuiet ? nothing : { ...nothing, ...faultAt(parsed.error.path, t) };
  }
  const said = { definition: parsed.value, currency, locale, t };
  const reference = references.find(({ id }) => id === fields.reference);
  const comparison = reference ? comparisonView(said, reference) : null;
  if (fields.tryAmount.trim() === "") return { ...nothing, comparison };
  const tried = simulate(said, fields);
  if ("errors" in tried) return { ...nothing, comparison, errors: isQuiet ? {} : tried.errors };
  return { ...nothing, comparison, simulation: tried.simulation };
}

/** A fault at its field; where the editor has no such field, about the whole. */
function faultAt(path: string, t: Translate): Pick<EditorState, "errors" | "message"> {
  const field = fieldOfPath(path);
  const text = faultText(field, t);
  const isKnown = /^(?:steps|levies|fixed)\.\d+\.\w+$|^(?:tax|fee|arrears)\.\w+$/.test(field);
  return isKnown ? { errors: { [field]: text }, message: "" } : { errors: {}, message: text };
}

function faultText(field: string, t: Translate): string {
  if (/\.upToKwh$/.test(field)) return t("tariffs.limitWrong");
  if (/^steps\.\d+\.price$/.test(field)) return t("tariffs.priceWrong");
  if (/\.code$/.test(field)) return t("tariffs.codeWrong");
  if (/percent|most$/i.test(field)) return t("tariffs.percentWrong");
  if (/\.amount$|\.fixed$/.test(field)) return t("tariffs.numberWrong");
  return field === "steps" ? t("tariffs.stepsWrong") : t("tariffs.wrong", { field });
}

/** Why a version was not saved, at the field it is about. */
export function scheduleErrors(
  error: ScheduleError,
  tried: Answer,
  t: Translate,
): Pick<EditorState, "errors" | "message"> {
  const at = (field: string, text: string) => ({
    errors: { ...tried.errors, [field]: text },
    message: "",
  });
  switch (error.code) {
    case "tariff-invalid":
      return faultAt(error.path, t);
    case "starts-in-past":
    case "start-taken":
      return at("startsAt", t(`tariffs.${error.code}`));
    case "reference-unknown":
      return at("reference", t("tariffs.reference-unknown"));
    case "reason-missing":
      return at("reason", t("tariffs.reason-missing"));
    case "not-found":
      return { errors: {}, message: t("tariffs.not-found") };
  }
}
