import { FIRST_SERVER_RANK, RANKS } from "./ranks";

/** A text file of the repository: its path from the root, with slashes, and what it says. */
export type SourceFile = { readonly path: string; readonly text: string };

/**
 * What imports cannot show and the formatter does not mind. `faults` names what is wrong, or [].
 */
export type TidyRule = {
  readonly name: string;
  readonly why: string;
  readonly appliesTo: (path: string) => boolean;
  readonly faults: (file: SourceFile) => readonly string[];
};

const LONGEST_FILE_LINES = 400;
const LONGEST_LINE_COLUMNS = 100;
const LONGEST_DOOR_LINES = 70;
const SCOPES = ["OrgScope", "ResidentScope"].map((scope) => `require${scope}`);
const ENDPOINT = "endpointScope(?:Of(?:Gateway|ApiKey))?";
const SCOPE_CALL = new RegExp(
  `\\b(?:${[...SCOPES, "guestScope(?:BySecret|AtMeter)?", ENDPOINT, "systemScope"].join("|")})\\b`,
);

const isCode = (path: string) => /\.(?:ts|tsx|mjs)$/.test(path);
const isProduct = (path: string) => isCode(path) && /^(?:app|components|lib|prisma)\//.test(path);
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
// This file and its test have to spell what they forbid.
const isTidy = (path: string) => path.startsWith("lib/tidy");
const isTable = (path: string) => /\/(?:vectors|tables)\/|\.generated\.ts$/.test(path);
const isDoor = (path: string) => /^lib\/[^/]+\/index\.ts$/.test(path);
const isServerDoor = (path: string) => isDoor(path) && rankOf(path) >= FIRST_SERVER_RANK;
const isCore = (path: string) => /^lib\/[^/]+\/core\//.test(path) && isCode(path) && !isTest(path);

function rankOf(path: string): number {
  const room = path.split("/")[1] ?? "";
  const ranks: Readonly<Record<string, number>> = RANKS;
  return ranks[room] ?? Number.POSITIVE_INFINITY;
}

/** The code without what people read: comments and the contents of plain strings. */
export function withoutProse(text: string): string {
  const prose = /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return text.replace(prose, (found) => (found.startsWith("/") ? blankOf(found) : '""'));
}

// Lines are kept, so that a fault is reported where it stands.
const blankOf = (text: string) => text.replace(/[^\n]/g, " ");

function linesMatching(text: string, pattern: RegExp): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = pattern.exec(line);
    return found ? [`line ${index + 1}: ${found[0].trim()}`] : [];
  });
}

/** A rule about words that code may not contain; comments and strings may, unless `inProse`. */
function forbids(
  name: string,
  why: string,
  pattern: RegExp,
  { where = isProduct, inProse = false }: { where?: TidyRule["appliesTo"]; inProse?: boolean } = {},
): TidyRule {
  return {
    name,
    why,
    appliesTo: (path) => where(path) && !isTidy(path),
    faults: ({ text }) => linesMatching(inProse ? text : withoutProse(text), pattern),
  };
}

const words: readonly TidyRule[] = [
  forbids("no export *", "a door is a list one can read", /\bexport\s+(?:type\s+)?\*/),
  forbids(
    "no any",
    "it switches the checks off for all who touch it",
    /(?<=[:<,|&=(]\s*|\bas )any\b/,
  ),
  forbids("no parseFloat", "money and energy are integers", /\bparseFloat\b/),
  forbids("no toFixed", "it rounds where nobody looks", /\.toFixed\b/),
  forbids("no console", "the log redacts, the console does not", /\bconsole\./),
  forbids("no unfinished words", "finish it or file it", /\b(?:TODO|FIXME)\b/, {
    where: isCode,
    inProse: true,
  }),
  forbids("one reader of the environment", "platform/env.ts parses it once", /\bprocess\.env\b/, {
    where: (path) => isProduct(path) && path !== "lib/platform/env.ts" && !isTest(path),
  }),
  forbids(
    "a core has no clock, chance or waiting",
    "the same values in give the same values out",
    /\b(?:await|async|setTimeout|setInterval|getRandomValues)\b|\brandom\w*\(|\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bprocess\./,
    { where: isCore },
  ),
  forbids(
    "no paths of one machine",
    "a clone elsewhere has only this repository",
    new RegExp(["(?<![\\w.])/(?:work|farm)/", "\\.\\./shared(?=/|$)"].join("|")),
    { where: () => true, inProse: true },
  ),
];

const shapes: readonly TidyRule[] = [
  {
    name: "front doors are for the server",
    why: "a client component that imports one fails to build instead of shipping secrets",
    appliesTo: isServerDoor,
    faults: ({ text }) =>
      text.startsWith('import "server-only";\n')
        ? []
        : ['does not begin with import "server-only"'],
  },
  {
    name: "a door can be read",
    why: "under 70 lines a newcomer knows what the room offers",
    appliesTo: isDoor,
    faults: ({ text }) => tooManyLines(text, LONGEST_DOOR_LINES - 1),
  },
  {
    name: "files are short",
    why: "a file of more than 400 lines is two files",
    appliesTo: (path) => isCode(path) && !isTable(path),
    faults: ({ text }) => tooManyLines(text, LONGEST_FILE_LINES),
  },
  {
    name: "lines are short",
    why: "two files fit side by side",
    appliesTo: (path) => isCode(path) && !isTable(path) && !isTidy(path),
    faults: ({ text }) => linesMatching(text, new RegExp(`^.{${LONGEST_LINE_COLUMNS + 1},}`)),
  },
  {
    name: "files are named after what they hold",
    why: "a file nobody can name is two files",
    appliesTo: isCode,
    faults: ({ path }) =>
      /(?:^|[/.-])(?:utils?|helpers?|common|services?|managers?)\.(?:[\w.]+)$/.test(path)
        ? ["says nothing about what it holds"]
        : [],
  },
  {
    name: "every room has a rank",
    why: "a folder without a rank is under no rule",
    appliesTo: (path) => /^lib\/[^/]+\//.test(path),
    faults: ({ path }) => (rankOf(path) === Number.POSITIVE_INFINITY ? ["is in no room"] : []),
  },
];

function tooManyLines(text: string, limit: number): readonly string[] {
  const lines = text.trimEnd().split("\n").length;
  return lines > limit ? [`has ${lines} lines, ${limit} are allowed`] : [];
}

/** The route that a file of app/ answers, without groups: `app/(auth)/x/page.tsx` gives `/x`. */
export function routeOf(path: string): string {
  const folders = path.split("/").slice(1, -1);
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join("/")}`;
}

/** Every page, action and handler asks for a scope, or its route is on the public list. */
export function scopeRule(publicRoutes: readonly string[]): TidyRule {
  return {
    name: "a scope at every entrance",
    why: "nobody reads data without saying as whom",
    appliesTo: (path) => /^app\/(?:.*\/)?(?:page|route|actions)\.tsx?$/.test(path),
    faults: ({ path, text }) =>
      SCOPE_CALL.test(withoutProse(text)) || publicRoutes.includes(routeOf(path))
        ? []
        : [`asks for no scope, and ${routeOf(path)} is not in app/public-routes.ts`],
  };
}

export const TIDY_RULES: readonly TidyRule[] = [...words, ...shapes];
