// @ts-check

/**
 * What keeps open pages up to date across replicas.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('live_messages', table => {
    table.comment('One row: the number of the last message to open pages');
    table.integer('id').primary();
    table
      .bigInteger('sequence')
      .notNullable()
      .comment('Number of the last message; the next one has one more');
    table
      .timestamp('sent_at', { precision: 3 })
      .notNullable()
      .comment('When a message or a heartbeat was sent last');
  });
  await knex.schema.createTable('live_states', table => {
    table.comment(
      'What pages were last told about the live state of an environment or service',
    );
    table
      .text('subject')
      .primary()
      .comment('environment:<org>/<service>/<name> or service:<org>/<service>');
    table
      .text('state')
      .notNullable()
      .comment('Digest of what is shown; the replica that changes it tells');
    table.timestamp('moved_at', { precision: 3 }).notNullable();
    table.index(['moved_at'], 'live_states_moved_at_idx');
  });
  await knex.schema.createTable('installation_secrets', table => {
    table.comment('Random values that all replicas of an installation share');
    table.text('name').primary();
    table.text('value').notNullable();
    table.timestamp('created_at', { precision: 3 }).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('installation_secrets');
  await knex.schema.dropTable('live_states');
  await knex.schema.dropTable('live_messages');
};
