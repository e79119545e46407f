import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isPracticeInstallation } from "@/lib/access";
import { webEnv } from "@/lib/platform";

const demoForm = z.object({
  signIns: z.array(z.object({ who: z.string(), email: z.string(), password: z.string() })),
  meters: z.array(z.object({ unit: z.string(), meterNumber: z.string() })),
});
export type Demo = z.infer<typeof demoForm>;

const NOTHING: Demo = { signIns: [], meters: [] };

/** The demo's sign-ins and meters, as the seed wrote them down. Nothing outside practice. */
export async function readDemo(): Promise<Demo> {
  const { DEMO_FILE } = webEnv();
  if (!DEMO_FILE || !(await isPracticeInstallation())) return NOTHING;
  const text = await readFile(DEMO_FILE, "utf8").catch(() => null);
  return text === null ? NOTHING : demoForm.parse(JSON.parse(text));
}
