ALTER TABLE ledger_transfer ADD COLUMN lease_id uuid, ADD COLUMN detail text NOT NULL DEFAULT '';
ALTER TABLE ledger_transfer
  DROP CONSTRAINT ledger_transfer_debit_known, DROP CONSTRAINT ledger_transfer_credit_known;
CREATE TABLE lease_arrears (organization_id uuid NOT NULL, lease_id uuid NOT NULL, due_minor bigint NOT NULL, currency char(3) NOT NULL,
 PRIMARY KEY (organization_id, lease_id));
ALTER TABLE lease_arrears ENABLE ROW LEVEL SECURITY;
ALTER TABLE lease_arrears FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON lease_arrears TO voltlet_web, voltlet_worker, voltlet_vend
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT ON lease_arrears TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT, UPDATE ON lease_arrears TO voltlet_vend;
