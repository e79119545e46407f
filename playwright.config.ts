import { defineConfig } from "@playwright/test";

// `npm test` starts a Voltlet, finds a Chromium and gives both here.
const { SITE_URL, CHROMIUM_PATH, VOLTLET_LANE = "all" } = process.env;
// These need nothing that another journey leaves behind: they run on an installation of their own,
// beside the others.
const APART = ["accessible", "long-names", "production", "ways-in"].map(
  (name) => `**/${name}.spec.ts`,
);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  outputDir: `.data/test/playwright/${VOLTLET_LANE}`,
  // An installation serves one lane: its journeys run in turn, so that a failure points at one.
  workers: 1,
  projects: [
    { name: "in-turn", testIgnore: APART },
    { name: "apart", testMatch: APART },
  ],
  timeout: 30_000,
  forbidOnly: true,
  use: {
    ...(SITE_URL && { baseURL: SITE_URL }),
    actionTimeout: 10_000,
    // Of a failed journey what was done is kept; filming all of them costs as much as they do.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    launchOptions: {
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: ["--no-sandbox"],
    },
  },
});
