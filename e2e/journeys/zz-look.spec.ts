import { randomInt } from "node:crypto";
import { test } from "@playwright/test";
import { parseMeterNumber } from "@/lib/sts/shared";
import { neighbour } from "../fixtures/neighbour";
import { signIn, signInOf } from "../fixtures/people";
import { say } from "../fixtures/words";

test("look", async ({ browser }) => {
  test.setTimeout(120_000);
  const { slug, landlord, manager } = neighbour();
  const payload = String(randomInt(9_999_999_999)).padStart(10, "0");
  const number =
    Array.from({ length: 10 }, (_, d) => `${payload}${d}`).find((n) => parseMeterNumber(n).ok) ??
    "";
  const setup = await (await browser.newContext()).newPage();
  await signIn(setup, landlord);
  await setup.goto(`/o/${slug}/meters/new`);
  await setup.getByLabel(say("newMeter.number")).fill(number);
  await setup.getByRole("button", { name: say("newMeter.submit") }).click();
  await setup.getByText(say("ownMeter.claimedTitle")).waitFor();
  const meter = setup.url();
  const shots = async (name: string, paths: Record<string, string>, who = landlord) => {
    for (const scheme of ["light", "dark"] as const)
      for (const width of [390, 1440]) {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme: scheme,
        });
        const page = await context.newPage();
        await signIn(page, who);
        for (const [key, path] of Object.entries(paths)) {
          await page.goto(path);
          await page.screenshot({
            path: `/tmp/look/${name}-${key}-${width}-${scheme}.png`,
            fullPage: true,
          });
        }
        await context.close();
      }
  };
  await shots("a", { new: `/o/${slug}/meters/new`, meter });
  await setup.getByLabel(say("ownMeter.reason")).fill("It hangs in our hall; invoice 4711.");
  await setup.getByRole("button", { name: say("ownMeter.ask") }).click();
  await setup.getByRole("link", { name: say("ownMeter.toApprovals") }).waitFor();
  await shots("b", { meter, own: `/o/${slug}/approvals` });
  await shots("b", { queue: `/o/${slug}/approvals` }, manager);
  const second = await (await browser.newContext()).newPage();
  await signIn(second, manager);
  await second.goto(`/o/${slug}/approvals`);
  await second
    .getByRole("button", { name: say("approvals.approve") })
    .first()
    .click();
  await second.getByText(say("approvals.doneApproved")).waitFor();
  await setup.reload();
  await setup.getByRole("button", { name: say("ownMeter.make") }).click();
  await setup.getByLabel(say("ownMeter.rose")).waitFor();
  await shots("c", { meter, list: `/o/${slug}/meters` });
  await shots(
    "d",
    { list: "/o/acacia/meters", approvals: "/o/acacia/approvals" },
    signInOf("landlord"),
  );
});
