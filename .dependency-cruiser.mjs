// Which file may import which (`npm run check`). Every rule is an error and there is no list of
// tolerated violations; the rooms and their ranks stand in lib/ranks.ts.
import { Compiler } from "@swc/core";
import { FIRST_SERVER_RANK, RANKS } from "./lib/ranks.ts";

// dependency-cruiser cannot use TypeScript 7's compiler, and asks swc to read every file without
// JSX, so that a .tsx file is a syntax error to it. Here it learns which files hold JSX.
const { parseFileSync } = Compiler.prototype;
Compiler.prototype.parseFileSync = function parseByExtension(file, options, ...rest) {
  return parseFileSync.call(this, file, { ...options, tsx: file.endsWith(".tsx") }, ...rest);
};

const rooms = Object.keys(RANKS);
const anyOf = (names) => `(?:${names.join("|")})`;
const TEST = "\\.test\\.tsx?$";
const DB_TEST = "\\.db\\.test\\.ts$";
const DOOR = "^lib/[^/]+/(?:index|shared)\\.ts$";
const openRooms = rooms.filter((room) => RANKS[room] < FIRST_SERVER_RANK);
const OPEN_DOOR = `^lib/${anyOf(openRooms)}/(?:index|shared)\\.ts$`;
// No doors, and not for everybody: `only-access-holds-the-database` says for whom.
const DATABASE = ["^lib/platform/databases\\.ts$", "^lib/platform/prisma/"];
const VAULT = "^lib/signer/vault/";
// The signer's process, and the command lines that stand in its place or look at its journal.
const SIGNERS_ENTRY = "^lib/signer/(?:main|import-key|recover|reseal|verify-journal)\\.ts$";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const rankRules = rooms.map((room) => {
  const notBelow = rooms.filter((other) => other !== room && RANKS[other] >= RANKS[room]);
  return rule(
    `${room}-looks-down`,
    `Rank ${RANKS[room]} imports lower ranks only: pass a value, or let the higher room call both.`,
    { path: `^lib/${room}/` },
    { path: `^lib/${anyOf(notBelow)}/` },
  );
});

const generalRules = [
  rule(
    "every-room-has-a-rank",
    "A folder of lib/ that lib/ranks.ts does not name is under no rule: rank it first.",
    { path: `^lib/(?!${anyOf(rooms)}/)[^/]+/` },
    {},
  ),
  rule(
    "every-room-has-a-rank",
    "A folder of lib/ that lib/ranks.ts does not name is under no rule: rank it first.",
    {},
    { path: `^lib/(?!${anyOf(rooms)}/)[^/]+/` },
  ),
  rule(
    "no-cycles",
    "Two files that need each other are one file, or hide a third.",
    {},
    { circular: true },
  ),
  rule(
    "use-the-door",
    "What a room does not show in index.ts or shared.ts it may change without asking anybody.",
    { path: "^lib/([^/]+)/" },
    { path: "^lib/[^/]+/", pathNot: ["^lib/$1/", DOOR, ...DATABASE] },
  ),
  rule(
    "use-the-door",
    "What a room does not show in index.ts or shared.ts it may change without asking anybody.",
    { pathNot: "^lib/" },
    { path: "^lib/[^/]+/", pathNot: [DOOR, ...DATABASE] },
  ),
  rule(
    "core-is-pure",
    "A core is tested with tables of cases and no mocks: values in, values out.",
    { path: "^lib/([^/]+)/core/", pathNot: TEST },
    {
      pathNot: [
        "^lib/$1/core/",
        "^lib/$1/(?!index\\.ts$)[^/]+\\.ts$",
        "^lib/[^/]+/shared\\.ts$",
        OPEN_DOOR,
        "^(?:node:)?crypto$",
      ],
    },
  ),
  rule(
    "only-access-holds-the-database",
    "Whoever holds a pool can ask without a scope, and show a stranger's rows by forgetting it.",
    {
      pathNot: [
        "^lib/access/",
        // Sign-in's own tables, by the auth role; it sees no organization's.
        "^lib/identity/shell/sign-in-tables\\.ts$",
        "^lib/platform/(?:databases|readiness)\\.ts$",
        "^lib/platform/(?:prisma|jobs)/",
        VAULT,
        DB_TEST,
        "^scripts/",
        // Builders of database tests that write as a role which no process of the test is.
        "^prisma/seed/roles/",
        "^prisma\\.config\\.ts$",
        // Journeys compare the screen with what was written, past every policy.
        "^e2e/fixtures/database\\.ts$",
        // Benchmarks load in bulk, past every process, and ask functions without one.
        "^bench/parts/(?:large-building|large-portfolio|console-pages)\\.ts$",
        "^bench/parts/(?:reservations|sellers|tpc-b|vend-functions)\\.ts$",
      ],
    },
    { path: [...DATABASE, "node_modules/(?:pg|@prisma)/"] },
  ),
  rule(
    "the-vault-is-the-signers",
    "Vending keys live in one process; no other bundle may contain the code that opens them.",
    { pathNot: [VAULT, SIGNERS_ENTRY, DB_TEST] },
    { path: VAULT },
  ),
  rule(
    "outsiders-use-shared",
    "A room's window holds what a browser may have; its door may hold a database.",
    { path: "^(?:components|e2e)/" },
    { path: "^lib/", pathNot: ["^lib/[^/]+/shared\\.ts$", OPEN_DOOR] },
  ),
  rule(
    "rooms-do-not-know-the-app",
    "Rooms serve web, worker, signer and command lines alike.",
    { path: "^lib/", pathNot: TEST },
    { path: "^(?:app|components|e2e|bench|scripts|prisma)/" },
  ),
  rule(
    "not-to-tests",
    "A test is nobody's library.",
    { pathNot: [TEST, "^e2e/"] },
    { path: [TEST, "^e2e/"] },
  ),
];

export default {
  forbidden: [...generalRules, ...rankRules],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/platform/prisma/"] },
    exclude: { path: "^(?:\\.next|\\.build|\\.data)" },
    // Types count: a room that needs a higher room's type has its ranks wrong.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"] },
  },
};
