/** Which page was asked for, as proxy.ts writes it down. Only sign-in's way back reads it. */
export const ASKED_PATH_HEADER = "x-voltlet-asked-path";
