-- Versions of a tariff that wait for a second person or were withdrawn, who made each, and the
-- published tariffs that a landlord's are compared with. What a version says still never changes:
-- the web may move its state, and the start of one that waited past it.
ALTER TABLE tariff_version
  ADD COLUMN state TEXT NOT NULL DEFAULT 'active'
    CONSTRAINT tariff_version_state_known CHECK (state IN ('active', 'waiting', 'withdrawn')),
  ADD COLUMN created_by UUID,
  ADD COLUMN approval_id UUID,
  ADD COLUMN reference_tariff_id UUID,
  ADD CONSTRAINT tariff_version_waits_for_approval
    CHECK (state <> 'waiting' OR approval_id IS NOT NULL);

-- A withdrawn version leaves its instant free for another.
DROP INDEX tariff_version_organization_id_tariff_id_starts_at_key;
CREATE UNIQUE INDEX tariff_version_one_at_an_instant
  ON tariff_version (organization_id, tariff_id, starts_at) WHERE state <> 'withdrawn';

GRANT UPDATE (state, starts_at) ON tariff_version TO voltlet_web;

CREATE TABLE reference_tariff (
  id UUID NOT NULL,
  utility TEXT NOT NULL,
  country CHAR(2) NOT NULL,
  currency CHAR(3) NOT NULL,
  category TEXT NOT NULL,
  definition JSONB NOT NULL,
  valid_from DATE NOT NULL,
  source TEXT NOT NULL,
  CONSTRAINT reference_tariff_pkey PRIMARY KEY (id)
);
GRANT SELECT ON reference_tariff TO voltlet_web, voltlet_worker;

-- In the form of docs/decisions/027-tariffs.md. A fixed charge stands as its monthly amount.
INSERT INTO reference_tariff
  (id, utility, country, currency, category, valid_from, source, definition)
VALUES
  ('0199b000-0000-7000-8000-000000000001', 'City of Tshwane', 'ZA', 'ZAR', 'Domestic, prepaid 2026',
   '2026-07-01',
   'Published tariff, steps with VAT inside',
   '{"pricesIncludeTax":true,"tax":{"code":"vat","percent":"0"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":"100","price":"3.425"},{"upToKwh":"400",
    "price":"4.044"},{"upToKwh":"650","price":"4.368"},{"upToKwh":null,"price":"4.709"}]}'),
  ('0199b000-0000-7000-8000-000000000002', 'Eskom', 'ZA', 'ZAR', 'Homelight 20A 2025/26',
   '2025-04-01',
   'Published tariff, energy charge before VAT',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"15"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":null,"price":"2.1611"}]}'),
  ('0199b000-0000-7000-8000-000000000003', 'City Power Johannesburg', 'ZA', 'ZAR', 'Domestic, prepaid 2024/25',
   '2024-07-01',
   'Published tariff with the monthly service charge of 200',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"15"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[{"code":"service",
    "taxable":false,"maxPercentOfPurchase":"50","amount":"200.00","per":"month",
    "whenUnpaid":"accumulate"}],"levies":[],"energyTaxable":true,"steps":[{"upToKwh":"350",
    "price":"2.0967"},{"upToKwh":null,"price":"2.405"}]}'),
  ('0199b000-0000-7000-8000-000000000004', 'Umeme', 'UG', 'UGX', 'Domestic, first quarter of 2021',
   '2021-01-01',
   'Published tariff with lifeline units and the monthly service fee',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"18"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[{"code":"service",
    "taxable":true,"maxPercentOfPurchase":"100","amount":"3360","per":"month",
    "whenUnpaid":"accumulate"}],"levies":[],"energyTaxable":true,"steps":[{"upToKwh":"15",
    "price":"250"},{"upToKwh":null,"price":"750.9"}]}'),
  ('0199b000-0000-7000-8000-000000000005', 'Kenya Power', 'KE', 'KES', 'Domestic, before 2018',
   '2017-01-01',
   'Published tariff with standing charge, fuel, forex and inflation charges',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"16"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[{"code":"standing",
    "taxable":true,"maxPercentOfPurchase":"100","amount":"150.00","per":"month",
    "whenUnpaid":"accumulate"}],"levies":[{"code":"fuel","perKwh":"5.71","taxable":true},
    {"code":"forex","perKwh":"0.17","taxable":true},{"code":"inflation","perKwh":"0.18",
    "taxable":false},{"code":"wra","perKwh":"0.05","taxable":false},{"code":"epra",
    "perKwh":"0.03","taxable":false},{"code":"rep","percentOf":"energy","percent":"5",
    "taxable":false}],"energyTaxable":true,"steps":[{"upToKwh":"50","price":"2.50"},
    {"upToKwh":null,"price":"13.68"}]}'),
  ('0199b000-0000-7000-8000-000000000006', 'Kenya Power', 'KE', 'KES', 'Domestic ordinary 2, above 100 kWh a month, 2025/26',
   '2025-07-01',
   'Energy charge as approved by EPRA for 2025/26,
     with VAT and the REP levy; without the month''s fuel and forex charges',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"16"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],
    "levies":[{"code":"rep","percentOf":"energy","percent":"5","taxable":false}],
    "energyTaxable":true,"steps":[{"upToKwh":null,"price":"18.57"}]}'),
  ('0199b000-0000-7000-8000-000000000007', 'Kenya Power', 'KE', 'KES', 'Domestic ordinary 1, 31 to 100 kWh a month, 2025/26',
   '2025-07-01',
   'Energy charge as approved by EPRA for 2025/26,
     with VAT and the REP levy; without the month''s fuel and forex charges',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"16"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],
    "levies":[{"code":"rep","percentOf":"energy","percent":"5","taxable":false}],
    "energyTaxable":true,"steps":[{"upToKwh":null,"price":"16.50"}]}'),
  ('0199b000-0000-7000-8000-000000000008', 'Nigeria distribution companies', 'NG', 'NGN', 'Band A, May 2024',
   '2024-05-01',
   'Published tariff, energy charge before VAT',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"7.5"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":null,"price":"206.80"}]}'),
  ('0199b000-0000-7000-8000-000000000009', 'Jordan Electric Power', 'JO', 'JOD', 'Household, subsidised, 2022',
   '2022-04-01',
   'EMRC tariff of April 2022, subsidised steps',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"0"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":"300","price":"0.050"},{"upToKwh":"600",
    "price":"0.100"},{"upToKwh":null,"price":"0.200"}]}'),
  ('0199b000-0000-7000-8000-000000000010', 'Jordan Electric Power', 'JO', 'JOD', 'Household, not subsidised, 2022',
   '2022-04-01',
   'EMRC tariff of April 2022, steps without the subsidy',
   '{"pricesIncludeTax":false,"tax":{"code":"vat","percent":"0"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":"1000","price":"0.120"},{"upToKwh":null,
    "price":"0.150"}]}'),
  ('0199b000-0000-7000-8000-000000000011', 'SU Eletricidade', 'PT', 'EUR', 'BTN, tarifa simples 2025',
   '2025-01-01',
   'Regulated energy price of 2025 before IVA; without the contracted power',
   '{"pricesIncludeTax":false,"tax":{"code":"IVA","percent":"23"},"fee":{"percent":"0",
    "fixed":"0","bearer":"owner"},"arrears":{"maxPercent":"0"},"fixed":[],"levies":[],
    "energyTaxable":true,"steps":[{"upToKwh":null,"price":"0.1658"}]}');
