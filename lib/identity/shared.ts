export {
  parseOrganizationForm,
  parsePersonForm,
  parseSetupForm,
  SETUP_FIELDS,
  SETUP_LONGEST,
  type SetupFault,
  type SetupFaults,
  type SetupField,
  type SetupForm,
  slugOf,
} from "./core/setup-form";
