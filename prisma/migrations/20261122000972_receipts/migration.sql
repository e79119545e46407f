-- What a receipt must say of its seller, and every copy of it that staff hand out
-- (docs/decisions/032-receipts.md).

-- ── Where a seller is and who listens to a complaint ─────────────────────────────────────────
ALTER TABLE organization
  ADD COLUMN address text,
  ADD COLUMN contact_email text,
  ADD COLUMN contact_phone text;
ALTER TABLE organization
  ADD CONSTRAINT organization_contact_whole CHECK (address <> '' AND length(address) <= 200
    AND contact_email <> '' AND length(contact_email) <= 254
    AND contact_phone <> '' AND length(contact_phone) <= 40);
GRANT UPDATE (address, contact_email, contact_phone) ON organization TO voltlet_web;

-- ── Copies ───────────────────────────────────────────────────────────────────────────────────
-- Numbered for each purchase, from one, without a gap; who handed it out and when.
CREATE TABLE purchase_reprint (
  organization_id uuid NOT NULL,
  purchase_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz(3) NOT NULL,
  by_user uuid NOT NULL,
  CONSTRAINT purchase_reprint_pkey PRIMARY KEY (organization_id, purchase_id, number),
  CONSTRAINT purchase_reprint_organization_id_purchase_id_fkey
    FOREIGN KEY (organization_id, purchase_id) REFERENCES purchase (organization_id, id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT purchase_reprint_number_from_one CHECK (number >= 1)
);
ALTER TABLE purchase_reprint ENABLE ROW LEVEL SECURITY;
ALTER TABLE purchase_reprint FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON purchase_reprint TO voltlet_web, voltlet_worker
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT, INSERT ON purchase_reprint TO voltlet_web;
GRANT SELECT ON purchase_reprint TO voltlet_worker;
