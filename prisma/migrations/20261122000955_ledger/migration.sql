-- The ledger's chart of accounts, the codes of what moved, and what a lease owes
-- (docs/decisions/028-ledger.md).

-- ── A transfer may belong to a lease or a payment, and to no unit yet ────────────────────────
-- AlterTable
ALTER TABLE "ledger_transfer" ADD COLUMN     "desk_id" UUID,
ADD COLUMN     "detail" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "lease_id" UUID,
ADD COLUMN     "payment_id" UUID,
ALTER COLUMN "building_id" DROP NOT NULL,
ALTER COLUMN "occupancy_id" DROP NOT NULL;

-- What was posted in words so far, told by its accounts.
ALTER TABLE ledger_transfer NO FORCE ROW LEVEL SECURITY;
UPDATE ledger_transfer SET reason = CASE debit_account || '>' || credit_account
  WHEN 'provider_clearing>customer_unallocated' THEN 'payment.received'
  WHEN 'customer_unallocated>wallet' THEN 'payment.twice'
  WHEN 'customer_unallocated>vend_pending' THEN 'sale.reserved'
  WHEN 'customer_unallocated>refunds_payable' THEN 'refund.due'
  WHEN 'vend_pending>landlord_payable' THEN 'sale.energy'
  WHEN 'vend_pending>tax_payable' THEN 'sale.tax'
  WHEN 'vend_pending>wallet' THEN 'sale.unspent'
  WHEN 'vend_pending>refunds_payable' THEN 'sale.given-up'
  WHEN 'refunds_payable>provider_clearing' THEN 'refund.paid'
  WHEN 'free_issues>landlord_payable' THEN 'issue.energy'
  WHEN 'free_issues>tax_payable' THEN 'issue.tax'
  ELSE 'correction' END;
ALTER TABLE ledger_transfer FORCE ROW LEVEL SECURITY;

-- Generated from lib/ledger/core/accounts.ts and lib/ledger/core/reasons.ts, compared by a test.
ALTER TABLE ledger_transfer
  DROP CONSTRAINT ledger_transfer_debit_known, DROP CONSTRAINT ledger_transfer_credit_known;
ALTER TABLE ledger_transfer
  ADD CONSTRAINT ledger_transfer_debit_known CHECK (debit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'fee_income',
    'arrears_receivable', 'deposits_held', 'wallet', 'cash_drawer', 'refunds_payable', 'disputes',
    'suspense', 'free_issues', 'opening')),
  ADD CONSTRAINT ledger_transfer_credit_known CHECK (credit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'fee_income',
    'arrears_receivable', 'deposits_held', 'wallet', 'cash_drawer', 'refunds_payable', 'disputes',
    'suspense', 'free_issues', 'opening')),
  ADD CONSTRAINT ledger_transfer_reason_known CHECK (reason IN ('payment.received',
    'payment.twice', 'payment.late', 'payment.unmatched', 'payment.assigned', 'sale.reserved',
    'sale.energy', 'sale.levy', 'sale.fixed', 'sale.tax', 'sale.fee', 'sale.arrears',
    'sale.unspent', 'sale.given-up', 'wallet.spent', 'wallet.paid-out', 'refund.due',
    'refund.paid', 'issue.energy', 'issue.tax', 'dispute.opened', 'dispute.won', 'dispute.lost',
    'arrears.charged', 'arrears.written-off', 'arrears.paid', 'deposit.taken', 'deposit.returned',
    'cash.float', 'cash.sold', 'cash.banked', 'cash.short', 'cash.over', 'payout.made',
    'correction'));

-- ── What a lease owes: one row, locked by whoever moves it ───────────────────────────────────
-- CreateTable
CREATE TABLE "lease_arrears" (
    "organization_id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "due_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "lease_arrears_pkey" PRIMARY KEY ("organization_id","lease_id")
);

-- AddForeignKey
ALTER TABLE "lease_arrears" ADD CONSTRAINT "lease_arrears_organization_id_lease_id_fkey" FOREIGN KEY ("organization_id", "lease_id") REFERENCES "lease"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE lease_arrears ADD CONSTRAINT lease_arrears_not_negative CHECK (due_minor >= 0);

ALTER TABLE lease_arrears ENABLE ROW LEVEL SECURITY;
ALTER TABLE lease_arrears FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON lease_arrears TO voltlet_web, voltlet_worker, voltlet_vend
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT ON lease_arrears TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT, UPDATE ON lease_arrears TO voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── Posting ──────────────────────────────────────────────────────────────────────────────────
-- The one door into the ledger: every transfer goes through here. A transfer of nothing is none.
-- What is left empty is filled in: an id of its own, no detail.
CREATE FUNCTION post_movement(m ledger_transfer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF m.amount_minor = 0 THEN RETURN; END IF;
  INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
    currency, reason, correlation_id, building_id, occupancy_id, lease_id, payment_id, desk_id, detail)
  VALUES (m.organization_id, coalesce(m.id, gen_random_uuid()), m.at, m.debit_account,
    m.credit_account, m.amount_minor, m.currency, m.reason, m.correlation_id, m.building_id,
    m.occupancy_id, m.lease_id, m.payment_id, m.desk_id, coalesce(m.detail, ''));
END $$;

-- Posts one movement for a purchase, with the code of the line or the name it stands for.
CREATE FUNCTION post_transfer(p_purchase purchase, p_debit text, p_credit text, p_amount_minor bigint,
  p_reason text, p_at timestamptz, p_detail text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  m.organization_id := p_purchase.organization_id;
  m.at := p_at;
  m.debit_account := p_debit;
  m.credit_account := p_credit;
  m.amount_minor := p_amount_minor;
  m.currency := p_purchase.currency;
  m.reason := p_reason;
  m.correlation_id := p_purchase.id;
  m.building_id := p_purchase.building_id;
  m.occupancy_id := p_purchase.occupancy_id;
  m.lease_id := p_purchase.lease_id;
  m.detail := p_detail;
  PERFORM post_movement(m);
END $$;

CREATE OR REPLACE FUNCTION post_transfer(p_purchase purchase, p_debit text, p_credit text,
  p_amount_minor bigint, p_reason text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM post_transfer(p_purchase, p_debit, p_credit, p_amount_minor, p_reason, p_at, '');
END $$;

-- Posts what was given away at its full value: {buildingId, occupancyId, currency, energyMinor,
-- taxMinor}. A null is a test of a meter that serves no unit: nobody is given anything by it.
CREATE OR REPLACE FUNCTION post_free_issue(p_organization_id uuid, p_approval_id uuid, p_value jsonb,
  p_at timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  m.organization_id := p_organization_id;
  m.at := p_at;
  m.debit_account := 'free_issues';
  m.currency := p_value->>'currency';
  m.correlation_id := p_approval_id;
  m.building_id := (p_value->>'buildingId')::uuid;
  m.occupancy_id := (p_value->>'occupancyId')::uuid;
  m.credit_account := 'landlord_payable';
  m.reason := 'issue.energy';
  m.amount_minor := coalesce((p_value->>'energyMinor')::bigint, 0);
  PERFORM post_movement(m);
  m.credit_account := 'tax_payable';
  m.reason := 'issue.tax';
  m.amount_minor := coalesce((p_value->>'taxMinor')::bigint, 0);
  PERFORM post_movement(m);
END $$;

-- ── What a lease owes ────────────────────────────────────────────────────────────────────────
-- Takes the lock of what a lease owes and moves it by an amount; the row is made at the first need.
CREATE FUNCTION arrears_move(p_organization_id uuid, p_lease_id uuid, p_by_minor bigint, p_currency text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE v_due bigint;
BEGIN
  INSERT INTO lease_arrears AS a (organization_id, lease_id, due_minor, currency)
  VALUES (p_organization_id, p_lease_id, p_by_minor, p_currency)
  ON CONFLICT (organization_id, lease_id) DO UPDATE SET due_minor = a.due_minor + p_by_minor
  WHERE a.currency = p_currency
  RETURNING due_minor INTO v_due;
  IF NOT FOUND THEN RAISE EXCEPTION 'lease % owes in another currency', p_lease_id; END IF;
  RETURN v_due;
END $$;

-- The movement that a lease is charged, let off or has paid as a deposit, half filled in.
CREATE FUNCTION lease_movement(p_organization_id uuid, p jsonb) RETURNS ledger_transfer
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  SELECT b.id, b.currency INTO m.building_id, m.currency FROM lease l
    JOIN unit u ON u.organization_id = l.organization_id AND u.id = l.unit_id
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
   WHERE l.organization_id = p_organization_id AND l.id = (p->>'leaseId')::uuid;
  IF NOT FOUND THEN RETURN NULL; END IF;
  m.organization_id := p_organization_id;
  m.id := (p->>'id')::uuid;
  m.at := (p->>'now')::timestamptz;
  m.amount_minor := (p->>'amountMinor')::bigint;
  m.correlation_id := m.id;
  m.lease_id := (p->>'leaseId')::uuid;
  m.detail := p->>'note';
  RETURN m;
END $$;

-- Whether a movement of a lease stands under this id already: 'known', the same; 'reused', another.
CREATE FUNCTION lease_movement_stands(m ledger_transfer) RETURNS text
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN t.lease_id = m.lease_id AND t.amount_minor = m.amount_minor
      AND t.reason = m.reason AND t.detail = m.detail THEN 'known' ELSE 'request-key-reused' END
    FROM ledger_transfer t WHERE t.organization_id = m.organization_id AND t.id = m.id
$$;

-- Charges a lease: what is owed to the landlord from now on. The same id charges once.
CREATE FUNCTION arrears_charge(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  m ledger_transfer;
  v_stands text;
  v_due bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  m := lease_movement(p_organization_id, p);
  IF m.lease_id IS NULL THEN RETURN jsonb_build_object('outcome', 'lease-not-found'); END IF;
  m.debit_account := 'arrears_receivable';
  m.credit_account := 'landlord_payable';
  m.reason := 'arrears.charged';
  v_due := arrears_move(p_organization_id, m.lease_id, 0, m.currency);
  v_stands := lease_movement_stands(m);
  IF v_stands IS NULL THEN
    PERFORM post_movement(m);
    v_due := arrears_move(p_organization_id, m.lease_id, m.amount_minor, m.currency);
  END IF;
  RETURN jsonb_build_object('outcome', coalesce(v_stands, 'charged'), 'dueMinor', v_due::text);
END $$;

-- Lets a lease off what it owes, at most that.
CREATE FUNCTION arrears_write_off(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  m ledger_transfer;
  v_stands text;
  v_due bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  m := lease_movement(p_organization_id, p);
  IF m.lease_id IS NULL THEN RETURN jsonb_build_object('outcome', 'lease-not-found'); END IF;
  m.debit_account := 'landlord_payable';
  m.credit_account := 'arrears_receivable';
  m.reason := 'arrears.written-off';
  v_due := arrears_move(p_organization_id, m.lease_id, 0, m.currency);
  v_stands := lease_movement_stands(m);
  IF v_stands IS NULL AND m.amount_minor > v_due THEN
    RETURN jsonb_build_object('outcome', 'more-than-due', 'dueMinor', v_due::text);
  END IF;
  IF v_stands IS NULL THEN
    PERFORM post_movement(m);
    v_due := arrears_move(p_organization_id, m.lease_id, -m.amount_minor, m.currency);
  END IF;
  RETURN jsonb_build_object('outcome', coalesce(v_stands, 'written-off'), 'dueMinor', v_due::text);
END $$;

-- ── The purchase's functions, whole again for the codes they post ────────────────────────────
CREATE OR REPLACE FUNCTION payment_record(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  attempt payment_attempt;
  known provider_payment;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_pays boolean;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO attempt FROM payment_attempt
   WHERE organization_id = p_organization_id AND id = (p->>'attemptId')::uuid;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'attempt-not-found'); END IF;
  IF attempt.amount_minor <> (p->>'amountMinor')::bigint OR attempt.currency <> p->>'currency' THEN
    RETURN jsonb_build_object('outcome', 'amount-differs');
  END IF;
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = attempt.purchase_id FOR UPDATE;

  INSERT INTO provider_payment (provider, provider_reference, belongs_to, payment_id)
  VALUES (p->>'provider', p->>'providerReference', p_organization_id, (p->>'paymentId')::uuid)
  ON CONFLICT (provider, provider_reference) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO STRICT known FROM provider_payment
     WHERE provider = p->>'provider' AND provider_reference = p->>'providerReference';
    IF known.belongs_to <> p_organization_id THEN
      RETURN jsonb_build_object('outcome', 'attempt-not-found');
    END IF;
    RETURN jsonb_build_object('outcome', 'known', 'purchaseId', bought.id, 'status', bought.status);
  END IF;

  v_pays := bought.status IN ('awaiting_payment', 'expired', 'declined');
  INSERT INTO payment (organization_id, id, attempt_id, purchase_id, provider, provider_reference,
    amount_minor, currency, status, received_at)
  VALUES (p_organization_id, (p->>'paymentId')::uuid, attempt.id, bought.id, p->>'provider',
    p->>'providerReference', attempt.amount_minor, attempt.currency,
    CASE WHEN v_pays THEN 'matched' ELSE 'on_account' END, v_at);
  PERFORM post_transfer(bought, 'provider_clearing', 'customer_unallocated', attempt.amount_minor, 'payment.received', v_at);
  IF NOT v_pays THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'wallet', attempt.amount_minor, 'payment.twice', v_at);
    UPDATE wallet SET balance_minor = balance_minor + attempt.amount_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
    RETURN jsonb_build_object('outcome', 'on-account', 'purchaseId', bought.id, 'status', bought.status);
  END IF;
  UPDATE purchase SET paid_at = v_at WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'paid', v_at, 'the provider confirmed the payment');
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.vend', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'paid', 'purchaseId', bought.id, 'status', 'paid');
END $$;

CREATE OR REPLACE FUNCTION vend_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  served meter;
  under vending_key;
  reserved token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_token_id int;
  v_last int;
  v_carried bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid;
  SELECT * INTO STRICT served FROM meter WHERE organization_id = p_organization_id AND id = bought.meter_id;
  SELECT * INTO STRICT under FROM vending_key
   WHERE organization_id = p_organization_id AND id = served.vending_key_id;
  v_last := lock_key_position(p_organization_id, served.id, under.id);

  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = bought.id FOR UPDATE;
  IF bought.status <> 'paid' THEN
    RETURN jsonb_build_object('outcome', 'not-paid', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  IF is_contested(p_organization_id, served.meter_number) THEN
    RETURN jsonb_build_object('outcome', 'meter-contested');
  END IF;
  IF NOT EXISTS (SELECT FROM meter_installation WHERE organization_id = p_organization_id
    AND id = bought.installation_id AND starts_at <= v_at AND (ends_at IS NULL OR ends_at > v_at)) THEN
    RETURN jsonb_build_object('outcome', 'meter-not-installed');
  END IF;
  v_token_id := next_token_id(under, v_last, v_at);
  IF v_token_id IS NULL THEN RETURN jsonb_build_object('outcome', 'key-not-usable'); END IF;
  -- Late money is priced anew at the version in force; a price made after the payment stands.
  IF priced.expires_at <= bought.paid_at AND priced.created_at < bought.paid_at THEN
    RETURN jsonb_build_object('outcome', 'quote-expired');
  END IF;
  SELECT carried_wh INTO STRICT v_carried FROM wallet
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id FOR UPDATE;
  IF v_carried <> priced.carried_before_wh THEN
    RETURN jsonb_build_object('outcome', 'basis-changed');
  END IF;
  IF v_token_id = -1 THEN
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'purchase.vend', v_at + interval '30 seconds');
    RETURN jsonb_build_object('outcome', 'waits-for-minute');
  END IF;

  UPDATE wallet SET carried_wh = priced.carried_after_wh
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  reserved.organization_id := p_organization_id;
  reserved.id := (p->>'tokenSetId')::uuid;
  reserved.purchase_id := bought.id;
  reserved.created_at := v_at;
  PERFORM write_reservation(reserved, served, v_token_id, (p->>'randomNibble')::int, priced.token_units);
  PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'reserved', v_at, 'token id chosen');
  PERFORM post_transfer(bought, 'customer_unallocated', 'vend_pending', bought.amount_minor, 'sale.reserved', v_at);
  UPDATE payment SET status = 'applied'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status = 'matched';
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id);
END $$;

CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_set token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND purchase_id = bought.id;
  PERFORM write_tokens(p_organization_id, v_set.id, p->'tokens', v_at);

  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  PERFORM post_transfer(bought, 'vend_pending', 'landlord_payable',
    priced.energy_minor - priced.included_tax_minor, 'sale.energy', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'tax_payable',
    priced.tax_minor + priced.included_tax_minor, 'sale.tax', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'wallet', priced.unspent_minor, 'sale.unspent', v_at);
  UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id AND priced.unspent_minor > 0;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, p->>'receiptSeries', 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  UPDATE purchase SET issued_at = v_at, receipt_series = p->>'receiptSeries', receipt_number = v_number,
    energy_wh = (SELECT sum(amount_units) * 100 FROM token_reservation
      WHERE organization_id = p_organization_id AND token_set_id = v_set.id)
   WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'issued', v_at, 'the signer issued the token');
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

CREATE OR REPLACE FUNCTION vend_give_up(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status = 'paid' THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'refunds_payable', bought.amount_minor, 'refund.due', v_at);
    PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'refund_due', v_at, p->>'reason');
  ELSIF bought.status IN ('reserved', 'in_doubt') THEN
    IF NOT EXISTS (SELECT FROM token_set s JOIN journal_entry j ON j.organization_id = s.organization_id
      AND j.token_set_id = s.id WHERE s.organization_id = p_organization_id AND s.purchase_id = bought.id
      AND j.outcome = 'refused') THEN
      RAISE EXCEPTION 'purchase % has no refusal on record: its token may exist', bought.id;
    END IF;
    SELECT * INTO STRICT priced FROM quote
     WHERE organization_id = p_organization_id AND id = bought.quote_id;
    UPDATE wallet SET carried_wh = carried_wh - priced.carried_after_wh + priced.carried_before_wh
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
    PERFORM post_transfer(bought, 'vend_pending', 'refunds_payable', bought.amount_minor, 'sale.given-up', v_at);
    IF bought.status = 'reserved' THEN
      PERFORM purchase_advance(p_organization_id, bought.id, 'reserved', 'in_doubt', v_at, 'the signer refused');
    END IF;
    PERFORM purchase_advance(p_organization_id, bought.id, 'in_doubt', 'refund_due', v_at, p->>'reason');
  ELSE
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  UPDATE payment SET status = 'refunding'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status IN ('matched', 'applied');
  PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'payment.refund', v_at);
  RETURN jsonb_build_object('outcome', 'refund-due', 'status', 'refund_due');
END $$;

CREATE OR REPLACE FUNCTION payment_refunded(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status <> 'refund_due' THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  PERFORM post_transfer(bought, 'refunds_payable', 'provider_clearing', bought.amount_minor, 'refund.paid', v_at);
  UPDATE payment SET status = 'refunded'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status = 'refunding';
  DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, 'refund_due', 'refunded', v_at, 'the provider paid it back');
  RETURN jsonb_build_object('outcome', 'refunded', 'status', 'refunded');
END $$;

CREATE OR REPLACE FUNCTION issue_give_up(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  asked approval_request;
  v_set token_set;
  test meter_test;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT asked FROM approval_request
   WHERE organization_id = p_organization_id AND id = (p->>'approvalId')::uuid FOR UPDATE;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND approval_id = asked.id;
  IF NOT EXISTS (SELECT FROM journal_entry WHERE organization_id = p_organization_id
    AND token_set_id = v_set.id AND outcome = 'refused') THEN
    RAISE EXCEPTION 'approved issue % has no refusal on record: its token may exist', asked.id;
  END IF;
  SELECT * INTO test FROM meter_test WHERE organization_id = p_organization_id
    AND approval_id = asked.id AND state = 'issued';
  IF FOUND THEN PERFORM meter_test_close(test, 'void', v_at); END IF;
  IF NOT EXISTS (SELECT FROM ledger_transfer WHERE organization_id = p_organization_id
    AND correlation_id = asked.id AND credit_account = 'free_issues') THEN
    PERFORM post_movement(jsonb_populate_record(posted, jsonb_build_object('id', NULL, 'at', v_at,
      'debit_account', posted.credit_account, 'credit_account', posted.debit_account,
      'reason', 'correction')))
      FROM ledger_transfer posted
     WHERE posted.organization_id = p_organization_id AND posted.correlation_id = asked.id;
  END IF;
  DELETE FROM outbox WHERE organization_id = p_organization_id AND subject_id = asked.id;
  RETURN jsonb_build_object('outcome', 'refused');
END $$;

-- Hand the new ones over, as in the first functions' migration.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN ('post_movement', 'post_transfer',
      'arrears_move', 'lease_movement', 'lease_movement_stands', 'arrears_charge', 'arrears_write_off')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION arrears_charge(uuid, jsonb), arrears_write_off(uuid, jsonb)
  TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
