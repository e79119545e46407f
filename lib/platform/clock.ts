/** Business time comes in as a parameter; this is the one place it comes from. */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };
