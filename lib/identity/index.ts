import "server-only";

export {
  createPerson,
  endSessions,
  findPersonByEmail,
  findPersons,
  type Person,
} from "./shell/persons";
export { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./shell/setup-link";
export { findSignedIn, type SignedIn, signIn, signInAs, signOut } from "./shell/sign-in";
