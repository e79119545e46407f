-- What Prisma's schema cannot say: ranges that must not overlap, lists of legal values, sums.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- ── One row, written once ────────────────────────────────────────────────────────────────────
ALTER TABLE installation_mode
  ADD CONSTRAINT installation_mode_is_one_row CHECK (only_row),
  ADD CONSTRAINT installation_mode_known CHECK (mode IN ('practice', 'production'));

-- ── History follows people and places: nothing overlaps ──────────────────────────────────────
ALTER TABLE lease
  ADD CONSTRAINT lease_days_ordered CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT lease_unit_held_once EXCLUDE USING gist
    (organization_id WITH =, unit_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&);

ALTER TABLE occupancy
  ADD CONSTRAINT occupancy_ordered CHECK (ends_at IS NULL OR ends_at > starts_at),
  ADD CONSTRAINT occupancy_unit_once EXCLUDE USING gist
    (organization_id WITH =, unit_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&);

ALTER TABLE meter_installation
  ADD CONSTRAINT meter_installation_ordered CHECK (ends_at IS NULL OR ends_at > starts_at),
  ADD CONSTRAINT meter_installation_meter_once EXCLUDE USING gist
    (organization_id WITH =, meter_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&);

-- ── Access ───────────────────────────────────────────────────────────────────────────────────
ALTER TABLE membership_directory
  ADD CONSTRAINT membership_directory_kind_known CHECK (kind IN ('staff', 'resident'));
ALTER TABLE membership
  ADD CONSTRAINT membership_role_known CHECK (role IN ('administrator', 'manager', 'caretaker',
    'cashier', 'accountant', 'viewer', 'dormitory officer'));
ALTER TABLE audit_entry
  ADD CONSTRAINT audit_entry_actor_known CHECK (actor_kind IN ('person', 'system'));

-- ── Meters and keys (IEC 62055-41) ───────────────────────────────────────────────────────────
ALTER TABLE meter
  ADD CONSTRAINT meter_number_form CHECK (meter_number ~ '^([0-9]{11}|[0-9]{13})$'),
  ADD CONSTRAINT meter_status_known CHECK (status IN ('active', 'blocked')),
  ADD CONSTRAINT meter_algorithm_known CHECK (encryption_algorithm IN (7, 11)),
  ADD CONSTRAINT meter_tariff_index_range CHECK (tariff_index BETWEEN 0 AND 99);
ALTER TABLE meter_directory
  ADD CONSTRAINT meter_directory_number_form CHECK (meter_number ~ '^([0-9]{11}|[0-9]{13})$'),
  ADD CONSTRAINT meter_directory_state_known CHECK (state IN ('claimed', 'verified'));
ALTER TABLE vending_key
  ADD CONSTRAINT vending_key_supply_group_form CHECK (supply_group_code ~ '^[0-9]{6}$'),
  ADD CONSTRAINT vending_key_revision_range CHECK (key_revision_number BETWEEN 1 AND 9),
  ADD CONSTRAINT vending_key_type_range CHECK (key_type BETWEEN 0 AND 3),
  ADD CONSTRAINT vending_key_expiry_range CHECK (key_expiry_number BETWEEN 0 AND 255),
  ADD CONSTRAINT vending_key_base_date_known CHECK (base_date_year IN (1993, 2014, 2035)),
  ADD CONSTRAINT vending_key_derivation_known CHECK (derivation IN (2, 4));
ALTER TABLE meter_key_position
  ADD CONSTRAINT meter_key_position_range CHECK (last_token_id_minutes BETWEEN -1 AND 16777215);
ALTER TABLE token_reservation
  ADD CONSTRAINT token_reservation_token_id_range CHECK (token_id_minutes BETWEEN 0 AND 16777215),
  ADD CONSTRAINT token_reservation_random_range CHECK (random_nibble BETWEEN 0 AND 15),
  ADD CONSTRAINT token_reservation_units_range CHECK (amount_units BETWEEN 1 AND 16383),
  ADD CONSTRAINT token_reservation_subclass_range CHECK (subclass BETWEEN 0 AND 3);
ALTER TABLE meter_token
  ADD CONSTRAINT meter_token_form CHECK (digits ~ '^[0-9]{20}$');
ALTER TABLE journal_entry
  ADD CONSTRAINT journal_entry_outcome_known CHECK (outcome IN ('issued', 'refused')),
  ADD CONSTRAINT journal_entry_outcome_whole CHECK (
    (outcome = 'issued' AND token_mac IS NOT NULL AND token_id_minutes IS NOT NULL AND refusal IS NULL)
    OR (outcome = 'refused' AND token_mac IS NULL AND token_id_minutes IS NULL AND refusal IS NOT NULL)),
  ADD CONSTRAINT journal_entry_sequence_from_one CHECK (sequence > 0);

-- ── Money ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE ledger_transfer
  ADD CONSTRAINT ledger_transfer_amount_positive CHECK (amount_minor > 0),
  ADD CONSTRAINT ledger_transfer_two_accounts CHECK (debit_account <> credit_account),
  ADD CONSTRAINT ledger_transfer_debit_known CHECK (debit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'wallet', 'refunds_payable')),
  ADD CONSTRAINT ledger_transfer_credit_known CHECK (credit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'wallet', 'refunds_payable'));
ALTER TABLE quote
  ADD CONSTRAINT quote_lines_add_up CHECK (energy_minor + tax_minor + unspent_minor = amount_minor),
  ADD CONSTRAINT quote_amounts_not_negative CHECK (amount_minor > 0 AND energy_minor > 0
    AND tax_minor >= 0 AND unspent_minor >= 0 AND included_tax_minor >= 0),
  ADD CONSTRAINT quote_energy_adds_up
    CHECK (energy_wh + carried_before_wh = token_units::bigint * 100 + carried_after_wh),
  ADD CONSTRAINT quote_token_units_range CHECK (token_units BETWEEN 1 AND 16383),
  ADD CONSTRAINT quote_validity_ordered CHECK (expires_at > created_at);
ALTER TABLE payment
  ADD CONSTRAINT payment_amount_positive CHECK (amount_minor > 0),
  ADD CONSTRAINT payment_status_known CHECK (status IN
    ('matched', 'applied', 'on_account', 'refunding', 'refunded'));
ALTER TABLE payment_attempt ADD CONSTRAINT payment_attempt_amount_positive CHECK (amount_minor > 0);
ALTER TABLE wallet ADD CONSTRAINT wallet_not_overdrawn CHECK (balance_minor >= 0);
ALTER TABLE receipt_series ADD CONSTRAINT receipt_series_from_one CHECK (last_number > 0);

-- ── The purchase's life: generated from lib/vending/core/purchase-states.ts, compared by its test ──
ALTER TABLE purchase
  ADD CONSTRAINT purchase_amount_positive CHECK (amount_minor > 0),
  ADD CONSTRAINT purchase_status_known CHECK (status IN ('quoted', 'awaiting_payment', 'expired',
    'declined', 'paid', 'reserved', 'in_doubt', 'issued', 'delivered', 'refund_due', 'refunded')),
  ADD CONSTRAINT purchase_receipt_whole CHECK ((receipt_series IS NULL) = (receipt_number IS NULL)),
  ADD CONSTRAINT purchase_issued_has_receipt CHECK (
    status NOT IN ('issued', 'delivered') OR (receipt_number IS NOT NULL AND issued_at IS NOT NULL));
ALTER TABLE purchase_event
  ADD CONSTRAINT purchase_event_transition_legal CHECK (
    (from_status IS NULL AND to_status = 'quoted' AND sequence = 1)
    OR (from_status || '>' || to_status) IN (
      'quoted>awaiting_payment', 'quoted>expired',
      'awaiting_payment>paid', 'awaiting_payment>declined', 'awaiting_payment>expired',
      'expired>paid', 'declined>paid',
      'paid>reserved', 'paid>refund_due',
      'reserved>issued', 'reserved>in_doubt',
      'in_doubt>issued', 'in_doubt>refund_due',
      'issued>delivered', 'refund_due>refunded'));

-- ── Work that waits ──────────────────────────────────────────────────────────────────────────
ALTER TABLE outbox
  ADD CONSTRAINT outbox_kind_known CHECK (kind IN ('purchase.vend', 'purchase.issue', 'purchase.issued'));
ALTER TABLE due_work
  ADD CONSTRAINT due_work_kind_known CHECK (kind IN
    ('payment.poll', 'purchase.vend', 'payment.refund', 'practice.callback'));

-- ── Practice ─────────────────────────────────────────────────────────────────────────────────
ALTER TABLE practice_checkout
  ADD CONSTRAINT practice_checkout_status_known CHECK (status IN ('open', 'paid', 'declined', 'refunded'));
ALTER TABLE practice_meter
  ADD CONSTRAINT practice_meter_registers CHECK (remaining_wh >= 0 AND load_watt BETWEEN 0 AND 20000);
