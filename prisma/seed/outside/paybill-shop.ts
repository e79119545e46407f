import { findEndpointScope, inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import {
  addAccount,
  askAboutClaim,
  closeClaim,
  noteClaim,
  type PaybillEvent,
  type Providers,
  providersOf,
  settleCall,
} from "@/lib/payments";
import { newId } from "@/lib/platform";
import { SecretKey } from "@/lib/sts";
import { offerPaybill, takeClaim } from "@/lib/vending";
import { makeMember } from "../member";
import type { Shop } from "../shop";
import type { openDaraja } from "./daraja-town";
import type { TownCall } from "./town";

type Town = Awaited<ReturnType<typeof openDaraja>>;
type Answer = Omit<Parameters<Town["paybill"]["answer"]>[0], "id">;
type About = { readonly account?: string; readonly shillings?: string; readonly now?: Date };

const KEY = new SecretKey(new Uint8Array(32).fill(5));

/** For database tests: a shop whose paybill one payment of one payer comes to, by its own name. */
export type PaybillShop = {
  readonly reference: string;
  readonly endpoint: EndpointScope;
  readonly providers: Providers;
  /** The meter's number as a payer types it. */
  readonly account: string;
  readonly settle: (call: TownCall) => ReturnType<typeof settleCall>;
  /** Safaricom asks whether the money may come. */
  readonly offer: (about?: About) => ReturnType<typeof offerPaybill>;
  /** Safaricom tells that it came; gives the claim's id. */
  readonly claim: (about?: About) => Promise<string>;
  /** The worker asks what became of it. */
  readonly ask: (claimId: string, now?: Date) => Promise<boolean>;
  /** Safaricom answers; gives the purchase to vend, or what it said where that was no yes. */
  readonly answer: (said?: Partial<Answer> & { readonly now?: Date }) => Promise<string | null>;
  readonly payments: () => Promise<
    readonly {
      readonly status: string;
      readonly amountMinor: bigint;
      readonly account: string | null;
    }[]
  >;
};

export async function openPaybillShop(
  shop: Shop,
  {
    town,
    at,
    addresses = "",
  }: { readonly town: Town; readonly at: Date; readonly addresses?: string },
): Promise<PaybillShop> {
  const { scope, meterNumber } = shop.meter;
  const { organizationId } = scope;
  const { addressKey } = shop.tools;
  const reference = `T${newId().replaceAll("-", "").slice(-20).toUpperCase()}`;
  const staff = await makeMember(organizationId, { role: "administrator", now: at });
  const gear = {
    ...{ siteUrl: "https://example.org", credentialKey: KEY, practice: null },
    apis: { mpesa: town.api },
  };
  const typed = { ...town.typed, addresses };
  const { provider: name } = town;
  const added = await addAccount(staff, { provider: name, label: "Paybill", typed, gear, now: at });
  assert(added.ok, "the account is typed in right");
  const { endpointId } = added.value;
  const providers = providersOf(gear);
  const endpoint = await findEndpointScope(endpointId);
  const provider = await providers({ organizationId, endpointId });
  assert(endpoint && provider, "the endpoint was just made");
  // This is when Safaricom is told where to ask and to tell.
  await provider.testCredentials?.(at);
  const settle = (call: TownCall) => settleCall(endpoint, { call, provider, now: at });
  const hear = async (call: TownCall): Promise<PaybillEvent> => {
    const settled = await settle(call);
    assert(settled.ok && "event" in settled.value, "it is about a paybill");
    return settled.value.event;
  };
  const account = meterNumber.replace(/^(....)(....)/, "$1 $2-");
  const call = (what: "offer" | "claim", { shillings = "500", ...about }: About) =>
    hear(town.paybill.money(what, { id: reference, shillings, account: about.account ?? account }));
  return {
    ...{ reference, endpoint, providers, account, settle },
    offer: async (about = {}) => {
      const event = await call("offer", about);
      assert(event.kind === "offer", "it is an offer");
      const { kind: _offer, ...money } = event;
      return offerPaybill(endpoint, { money, addressKey, now: about.now ?? at });
    },
    claim: async (about = {}) => {
      const event = await call("claim", about);
      assert(event.kind === "claim", "it is a claim");
      const { kind: _claim, ...money } = event;
      await noteClaim(endpoint, { money, toldBy: "claim", now: about.now ?? at });
      const { id } = await inScope(scope, (tx) =>
        tx.db.paymentClaim.findFirstOrThrow({
          where: { organizationId, providerReference: reference },
          select: { id: true },
        }),
      );
      return id;
    },
    ask: (claimId, now = at) => askAboutClaim(scope, { claimId, providers, now }),
    answer: async ({ now = at, shillings = "500", ...said } = {}) => {
      const told = town.paybill.answer({ id: reference, shillings, ...said });
      assert(told, "Safaricom was asked");
      const event = await hear(told);
      assert(event.kind === "claim-answer", "it is an answer");
      const { claimId, answer } = event;
      if (answer.status === "denied") await closeClaim(scope, { claimId, state: "denied", now });
      if (answer.status !== "confirmed") return answer.status;
      const { status: _confirmed, ...receipt } = answer;
      return takeClaim(endpoint, { claimId, receipt, addressKey, now });
    },
    payments: () =>
      inScope(scope, (tx) =>
        tx.db.payment.findMany({
          where: { organizationId },
          select: { status: true, amountMinor: true, account: true },
          orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
        }),
      ),
  };
}
