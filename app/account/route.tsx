import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { readOrigin } from "@/app/_scope/request-origin";
import { requireSignedIn } from "@/app/_scope/require-signed-in";
import { findPerson, readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { AccountPage } from "@/components/access/account-page";
import { recordSignInChange } from "@/lib/access";
import {
  changeName,
  changePassword,
  endSession,
  endSessions,
  findAccount,
  listSessions,
  rotateSession,
} from "@/lib/identity";
import { signInAddress } from "@/lib/identity/shared";
import { isId, systemClock } from "@/lib/platform";
import { type AccountFaults, accountView, DONE_WORDS, type DoneWord } from "./account-view";

export const dynamic = "force-dynamic";

const PATH = "/account";

/** What somebody signed in may see and change of themselves, and of nobody else. */
export async function GET(request: Request): Promise<Response> {
  const { userId } = await requireSignedIn();
  const word = new URL(request.url).searchParams.get("done");
  return page(userId, { done: DONE_WORDS.find((known) => known === word) ?? null });
}

/** One form a matter; `do` says which. What is done is said on the page that follows. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const person = await findPerson();
  if (!person) return seeOther(signInAddress(PATH));
  const { userId } = person;
  switch (form.do) {
    case "name":
      return postName(userId, form);
    case "password":
      return postPassword(userId, form);
    case "end-others":
      await endSessions(userId, { exceptCookies: await readCookies() });
      await noteChange(userId, "person.sessions-ended");
      return done("ended");
    case "end-one": {
      const id = form.session ?? "";
      if (!isId(id) || !(await endSession(userId, id))) return done("notEnded");
      await noteChange(userId, "person.sessions-ended");
      return done("ended");
    }
    default:
      return seeOther(PATH);
  }
}

async function postName(userId: string, form: FormText): Promise<Response> {
  const changed = await changeName(userId, form.name ?? "");
  if (changed.ok) return done("nameDone");
  return page(userId, { faults: { name: changed.error }, typedName: form.name ?? "" });
}

async function postPassword(userId: string, form: FormText): Promise<Response> {
  const typed = { current: form.current ?? "", wanted: form.wanted ?? "" };
  const changed = await changePassword(userId, typed, systemClock.now());
  if (!changed.ok) return page(userId, { faults: { password: changed.error } });
  const cookies = await readCookies();
  await endSessions(userId, { exceptCookies: cookies });
  await noteChange(userId, "person.password-changed");
  return done("passwordDone", await rotateSession(cookies));
}

/** In the trail of each organization that they open as staff. */
async function noteChange(
  userId: string,
  action: "person.password-changed" | "person.sessions-ended",
): Promise<void> {
  const origin = await readOrigin();
  await recordSignInChange(userId, { action, origin, now: systemClock.now() });
}

const done = (word: DoneWord, setCookies: readonly string[] = []) =>
  seeOther(`${PATH}?done=${word}`, setCookies);

type Shown = {
  readonly done?: DoneWord | null;
  readonly faults?: AccountFaults;
  readonly typedName?: string;
};

async function page(userId: string, shown: Shown): Promise<Response> {
  const frame = await phoneFrame(null);
  const now = systemClock.now();
  const [account, sessions] = await Promise.all([
    findAccount(userId),
    listSessions(userId, await readCookies(), now),
  ]);
  const view = accountView({ action: PATH, account, sessions, now, ...shown }, frame.t);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("account.title"),
    status: shown.faults ? 422 : 200,
    children: <AccountPage frame={frame} view={view} />,
  });
}
