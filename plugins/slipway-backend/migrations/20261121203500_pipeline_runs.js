// @ts-check

/**
 * The last runs of pipelines that were seen, so that a restart shows them with their age.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('pipeline_runs', table => {
    table.comment('The last runs of a service in one place, as last seen');
    table.text('service').notNullable().comment('<organization>/<service>');
    table
      .text('source')
      .notNullable()
      .comment('The engine, and its cluster or repository');
    table.text('runs').notNullable().comment('JSON: newest first');
    table
      .timestamp('seen_at', { precision: 3 })
      .notNullable()
      .comment('When they were seen to differ from what was kept');
    table.primary(['service', 'source'], 'pipeline_runs_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pipeline_runs');
};
