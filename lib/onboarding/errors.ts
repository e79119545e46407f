import type { SheetFault } from "./core/sheet";

export type UploadError = SheetFault;
export type ChangeImportError =
  | "import-not-found"
  /** It has been applied, or is being applied at this moment. */
  | "import-closed"
  | "row-not-found"
  /** Building and unit are needed, and a column is given once. */
  | "columns-missing"
  | "column-twice";
export type StartImportError = "import-not-found" | "import-closed" | "rows-at-fault";
export type UndoImportError =
  | { readonly code: "import-not-found" | "not-applied" }
  /** What has come to hang on what it made, and how much of each. */
  | { readonly code: "in-use"; readonly obstacles: Readonly<Partial<Record<Obstacle, number>>> };

export const OBSTACLES = [
  "sales",
  "tokens",
  "proofs",
  "tests",
  "readings",
  "questions",
  "leases",
  "accounts",
  "invitations",
  "units",
  "beds",
  "meters",
  "approvals",
  "others",
] as const;
export type Obstacle = (typeof OBSTACLES)[number];
