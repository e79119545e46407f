import type { KeyType } from "../core/decoder-key";
import { enterToken, type MeterState, newMeter } from "../core/meter";
import { hexOfKey } from "./operations";
import { badRequest } from "./refusal";
import {
  type Fields,
  has,
  integerOf,
  isFields,
  supplyGroupOf,
  textOf,
  writtenUnits,
} from "./request-fields";
import type { RequestKeys } from "./request-keys";

const LARGEST_MEMORY = 10_000;

/** Types the tokens of a request into a new meter, one after the other, and tells how it ends. */
export function meterScenario(fields: Fields, keys: RequestKeys): object {
  const { steps } = fields;
  if (!Array.isArray(steps)) throw badRequest("steps must be a list");
  let meter = startOf(fields, keys);
  let creditUnits = 0n;
  const results = steps.map((step: unknown) => {
    if (!isFields(step)) throw badRequest("a step must be an object");
    const at = has(step, "at") ? step.at : 0;
    if (typeof at !== "number" || !Number.isFinite(at)) throw badRequest("at must be seconds");
    const answer = enterToken(meter, textOf(step, "token"), at);
    meter = answer.state;
    if (answer.result === "Accept") creditUnits += answer.addedUnits;
    return answer.result;
  });
  return {
    results,
    final: {
      creditUnits: writtenUnits(creditUnits),
      decoderKey: hexOfKey(meter.decoderKey),
      krn: meter.keyRevisionNumber,
      ti: meter.tariffIndex,
      ken: meter.keyExpiryNumber,
      kt: meter.keyType,
      sgc: meter.supplyGroupCode,
    },
  };
}

function startOf(fields: Fields, keys: RequestKeys): MeterState {
  const integer = (name: string, range: readonly [number, number], usual: number) =>
    has(fields, name) ? integerOf(fields, name, range) : usual;
  return newMeter({
    decoderKey: keys.decoderKey(fields),
    staTables: keys.staTables,
    keyType: integer("kt", [0, 3], 2) as KeyType,
    keyExpiryNumber: integer("ken", [0, 255], 255),
    keyRevisionNumber: integer("krn", [1, 9], 1),
    tariffIndex: integer("ti", [0, 99], 1),
    supplyGroupCode: has(fields, "sgc") ? supplyGroupOf(fields) : "000000",
    tokenCarrierType: integer("tct", [0, 99], 2),
    manufacturerCode: has(fields, "mfrCode") ? integerOf(fields, "mfrCode", [0, 9999]) : null,
    subclass: "all",
    functions: "all",
    tokenIdMemorySize: integer("tidMemory", [1, LARGEST_MEMORY], 50),
    manufacturedAtMinutes: integer("tidFill", [0, 2 ** 24 - 1], 0),
    creditLimitUnits: null,
  });
}
