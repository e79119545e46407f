import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const READERS = {
  // A file that does not even load has no failed tests, but a failed suite.
  vitest: ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    failed:
      numFailedTests +
      testResults.filter(({ status, assertionResults }) => {
        return status === "failed" && assertionResults.every((test) => test.status !== "failed");
      }).length,
  }),
  playwright: ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
  }),
};

/** Counts tests over all runners, from the results that they leave as JSON. */
export class Tally {
  #folder;
  #files = [];
  #failedParts = [];

  constructor(folder) {
    this.#folder = folder;
  }

  /** Where a runner shall leave its results. */
  fileOf(runner, name) {
    const file = path.join(this.#folder, `${runner}-${name}.json`);
    this.#files.push({ runner, file });
    return file;
  }

  /** A part has ended; one that failed counts, even where no test of it did. */
  finished(name, status) {
    if (status !== 0) this.#failedParts.push(name);
  }

  hasFailed() {
    return this.#failedParts.length > 0;
  }

  /** The last line of a test run. */
  sentence() {
    const counts = this.#files
      .filter(({ file }) => existsSync(file))
      .map(({ runner, file }) => READERS[runner](JSON.parse(readFileSync(file, "utf8"))));
    const passed = counts.reduce((sum, count) => sum + count.passed, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    const other = failed === 0 ? this.#failedParts.length : 0;
    const what = this.hasFailed() ? `Failed: ${this.#failedParts.join(", ")}.\n` : "";
    return `${what}${passed} passed, ${failed + other} failed`;
  }
}
