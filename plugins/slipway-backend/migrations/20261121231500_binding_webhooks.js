// @ts-check

/**
 * Webhooks of bound repositories: what was asked of the Git host, what came of it, and which deliveries were seen.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  /** @type {(table: import('knex').Knex.CreateTableBuilder, name: string) => import('knex').Knex.ColumnBuilder} */
  const time = (table, name) => table.timestamp(name, { precision: 3 });
  await knex.schema.createTable('binding_webhooks', table => {
    table.comment('The webhook of each bound repository');
    table.text('organization').notNullable();
    table.text('name').notNullable().comment('Of the RepoBinding');
    table.text('host').notNullable().comment('Type of the Git host');
    table.text('repository').notNullable().comment('Clone URL');
    table.text('branch').notNullable();
    table.text('url').notNullable().comment('Where the host delivers to');
    table
      .text('nonce')
      .notNullable()
      .comment('The secret is made of it and of a key that is not kept here');
    table.text('webhook_id').nullable().comment("The host's own id");
    table.text('key_id').nullable().comment('Tells which key it was');
    time(table, 'installed_at').nullable();
    time(table, 'checked_at').nullable().comment('When it was last found');
    time(table, 'ping_asked_at').nullable();
    time(table, 'ping_answered_at').nullable().comment('When a delivery came');
    table.text('answer').nullable().comment('JSON: what the host got');
    time(table, 'last_delivery_at').nullable();
    table.text('last_event').nullable();
    table.text('conditions').notNullable().comment('JSON');
    table.primary(['organization', 'name'], 'binding_webhooks_pk');
  });
  await knex.schema.createTable('webhook_deliveries', table => {
    table.comment('Deliveries that were seen, so that none counts twice');
    table.text('organization').notNullable();
    table.text('name').notNullable();
    table.text('digest').notNullable().comment('Of the body');
    time(table, 'forget_at').notNullable();
    table.primary(['organization', 'name', 'digest'], 'webhook_deliveries_pk');
    table.index(['forget_at'], 'webhook_deliveries_forget');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('webhook_deliveries');
  await knex.schema.dropTable('binding_webhooks');
};
