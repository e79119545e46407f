import { carriesWatts, wattsOfField } from "../core/management-token";
import type { DecodedToken } from "../core/token-content";
import { writtenUnits } from "./request-fields";

/** A token's content by the command line's names. A reserved SubClass has no more than its name. */
export function writtenContent(token: DecodedToken): object {
  const { tokenClass, subclass } = token;
  return { class: tokenClass, subclass, ...fieldsOf(token) };
}

function fieldsOf(token: DecodedToken): object {
  switch (token.kind) {
    case "credit":
      return {
        tid: token.tokenIdMinutes,
        rnd: token.random,
        value: token.amountField,
        units: writtenUnits(token.units),
      };
    case "currency":
      return {
        tid: token.tokenIdMinutes,
        field: token.currencyField,
        units: writtenUnits(token.units),
      };
    case "meter-test":
      return { control: token.control, mfrCode: token.manufacturerCode };
    case "management": {
      const { tokenIdMinutes: tid, random: rnd, value, subclass } = token;
      const units = carriesWatts(subclass) ? { units: writtenUnits(wattsOfField(value)) } : {};
      return { tid, rnd, value, ...units };
    }
    case "key-section":
      return sectionFields(token);
    default:
      return {};
  }
}

function sectionFields(token: Extract<DecodedToken, { kind: "key-section" }>): object {
  switch (token.section) {
    case 1:
      return {
        kenho: token.kenHigh,
        krn: token.keyRevisionNumber,
        ro: token.rollOver,
        threeKct: token.hasThird,
        kt: token.keyType,
        nkho: token.keyWord,
      };
    case 2:
      return { kenlo: token.kenLow, ti: token.tariffIndex, nklo: token.keyWord };
    case 3:
      return { sgclo: token.sgcHalf, nkmo2: token.keyWord };
    case 4:
      return { sgcho: token.sgcHalf, nkmo1: token.keyWord };
    default:
      return { sgc: token.sgc, pad: token.pad };
  }
}
