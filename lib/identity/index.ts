import "server-only";

export { createPerson } from "./shell/persons";
export { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./shell/setup-link";
export { findSignedIn, type SignedIn, signIn, signOut } from "./shell/sign-in";
