-- Money that waits for a person can buy for a meter, and not only be kept for a household.

-- Generated from lib/payments/core/payment-states.ts, compared by its test.
ALTER TABLE payment_event DROP CONSTRAINT payment_event_transition_legal;
ALTER TABLE payment_event ADD CONSTRAINT payment_event_transition_legal CHECK (
  (from_status IS NULL AND to_status IN ('received', 'matched', 'on_account') AND sequence = 1)
  OR (from_status || '>' || to_status) IN (
    'received>matched', 'received>on_account', 'received>refunding', 'received>written_down',
    'matched>applied', 'matched>refunding',
    'applied>refunding', 'on_account>refunding', 'refunding>refunded',
    'received>disputed', 'matched>disputed', 'applied>disputed', 'on_account>disputed',
    'refunding>disputed', 'refunded>disputed', 'written_down>disputed',
    'disputed>received', 'disputed>matched', 'disputed>applied', 'disputed>on_account',
    'disputed>refunding', 'disputed>refunded', 'disputed>written_down',
    'disputed>charged_back'));
ALTER TABLE payment_case DROP CONSTRAINT payment_case_decision_known;
ALTER TABLE payment_case ADD CONSTRAINT payment_case_decision_known CHECK (decision IN ('wallet',
  'purchase', 'refund', 'refunded-by-hand', 'write-down'));

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- Pays a purchase that was opened for it with money that fitted none, once: received → matched. The
-- money leaves suspense as it came, and comes again for the purchase, so that either's movements
-- tell all of it.
CREATE FUNCTION payment_case_sell(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  v_case payment_case;
  booked payment;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_why constant text := 'a person found what it was for';
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  SELECT * INTO v_case FROM payment_case
   WHERE organization_id = p_organization_id AND id = (p->>'caseId')::uuid FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'case-not-found'); END IF;
  IF v_case.state <> 'open' THEN RETURN jsonb_build_object('outcome', 'already-decided'); END IF;
  SELECT * INTO STRICT booked FROM payment
   WHERE organization_id = p_organization_id AND id = v_case.payment_id FOR UPDATE;
  IF v_case.kind <> 'unmatched' OR booked.status <> 'received' OR bought.id IS NULL
    OR bought.status NOT IN ('quoted', 'expired')
    OR bought.amount_minor <> booked.amount_minor OR bought.currency <> booked.currency THEN
    RETURN jsonb_build_object('outcome', 'not-possible');
  END IF;
  UPDATE payment SET purchase_id = bought.id, occupancy_id = bought.occupancy_id
   WHERE organization_id = p_organization_id AND id = booked.id;
  PERFORM post_payment(booked, 'suspense', 'provider_clearing', booked.amount_minor,
    'payment.assigned', v_at);
  PERFORM post_transfer(bought, 'provider_clearing', 'customer_unallocated', booked.amount_minor,
    'payment.received', v_at);
  PERFORM payment_advance(p_organization_id, booked.id, 'received', 'matched', v_at, v_why);
  IF bought.status = 'quoted' THEN
    PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'awaiting_payment', v_at, v_why);
    bought.status := 'awaiting_payment';
  END IF;
  UPDATE purchase SET paid_at = v_at WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'paid', v_at, v_why);
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.vend',
    v_at + interval '5 seconds');
  UPDATE payment_case SET state = 'decided', decision = 'purchase', decided_at = v_at,
    decided_by = (p->>'decidedBy')::uuid
   WHERE organization_id = p_organization_id AND id = v_case.id;
  RETURN jsonb_build_object('outcome', 'decided', 'paymentId', booked.id);
END $$;

ALTER FUNCTION payment_case_sell(uuid, jsonb) OWNER TO voltlet_vend;
REVOKE ALL ON FUNCTION payment_case_sell(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payment_case_sell(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
