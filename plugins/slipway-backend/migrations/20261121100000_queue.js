// @ts-check

/**
 * One row a key. A key that is done has no row, so the table is as long as the work that is left.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('queue_items', table => {
    table.comment('Durable work queue of reconcile keys');
    table
      .text('key')
      .primary()
      .comment('What is reconciled, e.g. environment:acme/shop/production');
    table
      .text('ticket')
      .notNullable()
      .comment(
        'Changes with every mark; completing an old ticket keeps the new work',
      );
    table
      .text('claimed_ticket')
      .nullable()
      .comment('The ticket that the last run took');
    table
      .timestamp('due_at', { precision: 3 })
      .notNullable()
      .comment('When the work of the ticket is due');
    table
      .timestamp('claimable_at', { precision: 3 })
      .nullable()
      .comment(
        'When a worker may take it: the due time while it waits, the end of the lease while it runs, null when dead',
      );
    table
      .text('lease_token')
      .nullable()
      .comment('Fences every write of the run that holds the key');
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Runs that ended in an error since the last success');
    table
      .text('last_error')
      .nullable()
      .comment('Message of the last error, without credentials');
    table
      .timestamp('dead_since', { precision: 3 })
      .nullable()
      .comment('Set on dead letters, which wait for a replay');
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table.index(['claimable_at'], 'queue_items_claimable_at_idx');
    table.index(['dead_since'], 'queue_items_dead_since_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('queue_items');
};
