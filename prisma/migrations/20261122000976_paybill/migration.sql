-- Money that comes by itself: what a provider's unsigned calls say of it, until the provider itself
-- has confirmed it. An offer asks whether money may come; a claim says that it came.
CREATE TABLE payment_claim (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  provider text NOT NULL,
  provider_reference text NOT NULL,
  account text NOT NULL,
  payer text,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  told_at timestamptz(3) NOT NULL,
  told_by text NOT NULL,
  -- Two calls about the same money did not say the same: a person decides what it was for.
  is_contradicted boolean NOT NULL DEFAULT false,
  state text NOT NULL,
  settled_at timestamptz(3),
  CONSTRAINT payment_claim_pkey PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX payment_claim_once
  ON payment_claim (organization_id, provider, provider_reference);
CREATE INDEX payment_claim_open ON payment_claim (organization_id, told_at) WHERE state = 'asked';
ALTER TABLE payment_claim
  ADD CONSTRAINT payment_claim_amount_positive CHECK (amount_minor > 0),
  ADD CONSTRAINT payment_claim_told_by_known CHECK (told_by IN ('offer', 'claim')),
  ADD CONSTRAINT payment_claim_state_known CHECK (state IN ('asked', 'booked', 'denied', 'prompt')),
  ADD CONSTRAINT payment_claim_settled_whole CHECK ((state = 'asked') = (settled_at IS NULL)),
  ADD CONSTRAINT payment_claim_texts_length CHECK (length(account) <= 100 AND length(payer) <= 100);

-- A prompt's money is told of by the last twelve letters of its attempt.
CREATE INDEX payment_attempt_prompt ON payment_attempt (organization_id, right(id::text, 12));

ALTER TABLE payment_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON payment_claim TO voltlet_web, voltlet_worker
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT ON payment_claim TO voltlet_web, voltlet_worker;
GRANT INSERT ON payment_claim TO voltlet_web;
-- What was said of money is never rewritten.
GRANT UPDATE (told_at, told_by, is_contradicted, state, settled_at) ON payment_claim TO voltlet_web;
GRANT UPDATE (state, settled_at) ON payment_claim TO voltlet_worker;

ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'payment.return', 'payment.confirm',
   'practice.callback', 'audit.chain', 'meter.contested', 'meter.test-end', 'lease.ended',
   'meter.rollup', 'building.rollup', 'import.apply', 'api.forget'));
