import type { SecretKey } from "@/lib/sts";
import type { DecoderKeyFacts } from "../core/reservation";

/** What a practice key is made with; what is random about it stays inside. */
export type PracticeKeyAttributes = {
  readonly organizationId: string;
  readonly supplyGroupCode: string;
  readonly keyRevisionNumber: number;
  readonly baseDateYear: number;
  readonly keyExpiryNumber: number;
};

/**
 * Where vending keys are. They never come out: what comes out is a meter's decoder key, which in a
 * hardware module is one HMAC (DKGA04). Ours is software; PKCS#11 may come behind the same port.
 */
export type KeyStore = {
  /** Throws when the key is not there or does not open: an outage, not a refusal of the sale. */
  readonly decoderKeyOf: (vendingKey: VendingKeyName, facts: DecoderKeyFacts) => Promise<SecretKey>;
  /**
   * Makes a key by chance and marks it practice. Gives the id that stands when the same key has
   * been made before, and null when another one has these attributes.
   */
  readonly generatePracticeKey: (attributes: PracticeKeyAttributes) => Promise<string | null>;
};

export type VendingKeyName = { readonly organizationId: string; readonly vendingKeyId: string };
