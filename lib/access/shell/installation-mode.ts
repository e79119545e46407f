import { prismaFor, runtimePool } from "@/lib/platform/databases";

export type InstallationMode = "practice" | "production";

let decided: InstallationMode | undefined;

/** Practice or production, as the database says. Null until the first start has decided. */
export async function findInstallationMode(): Promise<InstallationMode | null> {
  if (decided) return decided;
  const row = await prismaFor(runtimePool()).installationMode.findFirst({ select: { mode: true } });
  if (row?.mode !== "practice" && row?.mode !== "production") return null;
  decided = row.mode;
  return decided;
}

/** Writes the mode, once. A later call does not change it; it gives what stands. */
export async function decideInstallationMode(
  mode: InstallationMode,
  now: Date,
): Promise<InstallationMode> {
  await prismaFor(runtimePool()).installationMode.createMany({
    data: [{ onlyRow: true, mode, decidedAt: now }],
    skipDuplicates: true,
  });
  return (await findInstallationMode()) ?? mode;
}

/** True where practice money, practice meters and the practice provider exist at all. */
export async function isPracticeInstallation(): Promise<boolean> {
  return (await findInstallationMode()) === "practice";
}
