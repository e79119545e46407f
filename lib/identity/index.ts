import "server-only";

export { createPerson, findPersonByEmail, findPersons, type Person } from "./shell/persons";
export { endSession, endSessions, listSessions, type SessionView } from "./shell/sessions";
export { isSetupLinkOpen, makeSetupLink, setUpByLink } from "./shell/setup-link";
export {
  findSignedIn,
  rotateSession,
  type SignedIn,
  signIn,
  signInAs,
  signOut,
} from "./shell/sign-in";
