-- Who may touch what. The same lists stand in lib/access/core/catalog-rules.ts, and
-- lib/access/shell/catalog.db.test.ts compares them with the database's own catalog.
--
-- The groups are NOLOGIN and shared by every database of a server; `npm start` makes the logins.
DO $$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['voltlet_web', 'voltlet_worker', 'voltlet_signer',
    'voltlet_auth', 'voltlet_auditor', 'voltlet_vend'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role_name);
    END IF;
  END LOOP;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO voltlet_web, voltlet_worker, voltlet_signer, '
    'voltlet_auth, voltlet_auditor', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO voltlet_web, voltlet_worker, voltlet_signer, voltlet_auth,
  voltlet_auditor, voltlet_vend;

-- ── Row-level security, forced, on every organization-owned table ────────────────────────────
-- The setting is read without a default: a forgotten scope is an error, never an empty answer.
-- A role that crosses organizations on a table is left out of the scoped policy there, for
-- policies are joined by OR and the scoped one would still raise.
DO $$
DECLARE
  owned text;
  scoped_roles text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['organization', 'membership', 'lease_holder', 'audit_entry',
    'audit_personal', 'building', 'unit', 'resident', 'lease', 'occupancy', 'meter',
    'meter_installation', 'tariff', 'tariff_version', 'ledger_transfer', 'vending_key',
    'sealed_vending_key', 'journal_entry', 'payment_attempt', 'payment', 'quote', 'purchase',
    'purchase_event', 'token_set', 'token_reservation', 'meter_token', 'meter_key_position',
    'wallet', 'receipt_series', 'practice_checkout', 'practice_meter', 'practice_meter_entry',
    'outbox', 'due_work'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    scoped_roles := CASE WHEN owned IN ('outbox', 'due_work') THEN 'voltlet_web, voltlet_vend'
      ELSE 'voltlet_web, voltlet_worker, voltlet_vend' END;
    EXECUTE format('CREATE POLICY one_organization ON %I TO %s USING (%s) WITH CHECK (%s)',
      owned, scoped_roles, own_rows, own_rows);
  END LOOP;
END $$;

-- The few that cross organizations, each on exactly these tables.
CREATE POLICY every_organization ON outbox TO voltlet_worker USING (true) WITH CHECK (true);
CREATE POLICY every_organization ON due_work TO voltlet_worker USING (true) WITH CHECK (true);
CREATE POLICY every_organization ON token_reservation FOR SELECT TO voltlet_signer USING (true);
CREATE POLICY every_organization ON vending_key TO voltlet_signer USING (true) WITH CHECK (true);
CREATE POLICY every_organization ON sealed_vending_key TO voltlet_signer USING (true) WITH CHECK (true);
CREATE POLICY every_organization ON meter FOR SELECT TO voltlet_signer USING (true);
CREATE POLICY every_organization ON journal_entry TO voltlet_signer USING (true) WITH CHECK (true);

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
-- Web and worker: what pages read, and what has no rule of money in it to write.
GRANT SELECT ON installation_mode, organization, membership, lease_holder, building, unit, resident,
  lease, occupancy, meter, meter_installation, meter_directory, tariff, tariff_version, ledger_transfer,
  vending_key, payment_endpoint, payment_attempt, payment, quote, purchase, purchase_event,
  purchase_directory, token_set, token_reservation, meter_token, wallet
  TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT ON audit_entry, audit_personal TO voltlet_web, voltlet_worker;
GRANT INSERT ON installation_mode, organization, membership, membership_directory, lease_holder,
  building, unit, resident, lease, occupancy, meter, meter_installation, meter_directory, tariff,
  tariff_version, payment_endpoint, wallet
  TO voltlet_web;
GRANT UPDATE (status) ON meter TO voltlet_web;
GRANT SELECT, INSERT, UPDATE ON practice_checkout TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT, UPDATE ON practice_meter TO voltlet_web;
GRANT SELECT, INSERT ON practice_meter_entry TO voltlet_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON due_work TO voltlet_web;
GRANT SELECT, UPDATE, DELETE ON outbox, due_work TO voltlet_worker;

-- Signer: reads reservations, keeps keys, appends to the journal. It cannot change or remove a row.
GRANT SELECT ON installation_mode, token_reservation, meter TO voltlet_signer;
GRANT SELECT, INSERT ON vending_key, sealed_vending_key, journal_entry TO voltlet_signer;

-- Auth: sign-in, and which organizations a person can open.
GRANT SELECT ON membership_directory TO voltlet_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON app_user, sign_in_account, session, verification_token,
  password_credential TO voltlet_auth;

-- The owner of the purchase's functions: money, tokens and states move through these alone.
GRANT SELECT ON meter, meter_installation, vending_key, journal_entry TO voltlet_vend;
GRANT SELECT, INSERT ON provider_payment, ledger_transfer, quote, purchase_event, purchase_directory,
  token_set, token_reservation, meter_token, payment_attempt TO voltlet_vend;
GRANT SELECT, INSERT, UPDATE ON purchase, payment, meter_key_position, wallet, receipt_series
  TO voltlet_vend;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, due_work TO voltlet_vend;
