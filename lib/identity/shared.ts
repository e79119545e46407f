export {
  parseSetupForm,
  SETUP_FIELDS,
  SETUP_LONGEST,
  type SetupFault,
  type SetupFaults,
  type SetupField,
  type SetupForm,
} from "./core/setup-form";
