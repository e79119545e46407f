import { pick } from "../random";

type Names = readonly [string, ...string[]];
type Language = { readonly first: Names; readonly last: Names };

const KENYAN: Language = {
  first: ["Achieng", "Baraka", "Caroline", "Dennis", "Eunice", "Faith", "Hassan", "Imani"],
  last: ["Wafula", "Kimani", "Ouma", "Cheruiyot", "Mumbi", "Abdullahi", "Nduta", "Rotich"],
};
const PORTUGUESE: Language = {
  first: ["Inês", "João", "Beatriz", "Tiago", "Catarina", "Rui", "Conceição", "Gonçalo", "Luísa"],
  last: ["Magalhães", "Simões", "Pereira", "Vaz", "Assunção", "Brandão", "Côrte-Real", "Leitão"],
};
const ARABIC: Language = {
  first: ["ليان", "عمر", "رنا", "يزن", "دانا", "خالد", "سلمى", "زيد", "تالا", "حمزة", "نور", "فرح"],
  last: ["الحسن", "عبيدات", "النمر", "خريسات", "حداد", "الزعبي", "شاهين", "العموش", "قعوار"],
};

/** Names as they are where the building stands, no two the same in a hundred. */
export const NAMES_OF = { en: KENYAN, pt: PORTUGUESE, ar: ARABIC } as const;

export function drawName(language: keyof typeof NAMES_OF, random: () => number): string {
  const { first, last } = NAMES_OF[language];
  return `${pick(random, first)} ${pick(random, last)}`;
}

export const SHOPS = [
  "Padaria São Jorge, Lda.",
  "Farmácia Central",
  "Mercearia Avó Tila",
  "Barbearia Alfama",
  "Café A Brasileirinha",
  "Livraria Rés-do-Chão",
] as const;
