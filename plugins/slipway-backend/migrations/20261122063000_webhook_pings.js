// @ts-check

/**
 * Pings that a Git host took, so that a process that follows a crash knows what was asked and what was not.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('webhook_pings', table => {
    table.comment('Pings that the Git host took since one was last answered');
    table.text('organization').notNullable();
    table.text('name').notNullable().comment('Of the RepoBinding');
    table.integer('count').notNullable();
    table
      .timestamp('last_at', { precision: 3 })
      .notNullable()
      .comment('ping_asked_at of the newest one');
    table.primary(['organization', 'name'], 'webhook_pings_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('webhook_pings');
};
