import { LANGUAGE } from "@/app/_view/frames";
import { formatAgo } from "@/app/_view/instants";
import type { AccountView } from "@/components/access/account-page";
import type { Translate } from "@/components/ui/translate";
import type { Account, ChangeNameError, ChangePasswordError, SessionView } from "@/lib/identity";
import { deviceOf } from "@/lib/identity/shared";

/** What was just done, as the address bar says it. */
export const DONE_WORDS = ["nameDone", "passwordDone", "ended", "notEnded"] as const;
export type DoneWord = (typeof DONE_WORDS)[number];

export type AccountFaults = {
  readonly name?: ChangeNameError;
  readonly password?: ChangePasswordError;
};

/** The page's words for an account and its sessions. */
export function accountView(
  shown: {
    readonly action: string;
    readonly account: Account;
    readonly sessions: readonly SessionView[];
    readonly now: Date;
    readonly done?: DoneWord | null;
    readonly faults?: AccountFaults;
    readonly typedName?: string;
  },
  t: Translate,
): AccountView {
  const { account, faults = {}, done = null } = shown;
  const ways = [account.email, account.phone].filter((way) => way !== null).join(", ");
  const { name, password } = faults;
  const passwordText = password ? t(`account.${password.code}`, limitsOf(password)) : null;
  const isAboutCurrent = password?.code === "wrong-password";
  return {
    action: shown.action,
    waysText: t("account.signedInBy", { ways }),
    done:
      done === null
        ? null
        : { kind: done === "notEnded" ? "note" : "ok", text: t(`account.${done}`) },
    name: shown.typedName ?? account.name,
    nameError: name ? t(`account.${name.code}`, limitsOf(name)) : null,
    hasPassword: account.hasPassword,
    currentError: isAboutCurrent ? passwordText : null,
    wantedError: isAboutCurrent ? null : passwordText,
    sessions: shown.sessions.map((session) => {
      const agoText = formatAgo(session.lastSeenAt, shown.now, LANGUAGE.lang);
      const { address } = session;
      return {
        id: session.sessionId,
        deviceText: deviceText(session.userAgent, t),
        isThis: session.isThis,
        agoText,
        seenText: t("account.seen", { ago: agoText }),
        fromText: address === "" ? null : t("account.from", { address }),
      };
    }),
  };
}

/** The number in a fault, for its sentence. */
function limitsOf(fault: ChangeNameError | ChangePasswordError): Readonly<Record<string, string>> {
  if ("most" in fault) return { most: String(fault.most) };
  return "least" in fault ? { least: String(fault.least) } : {};
}

function deviceText(userAgent: string, t: Translate): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return t("account.device", { browser, system });
  return browser ?? system ?? t("account.unknownDevice");
}
