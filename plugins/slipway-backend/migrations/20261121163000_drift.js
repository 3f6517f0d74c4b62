// @ts-check

/**
 * What differs from what was agreed, as it was last looked at, and what people asked to be put back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('drifts', table => {
    table.comment('Drift of an environment, as it was last looked at');
    table.text('environment').primary().comment('Key of the environment');
    table.text('state').notNullable().comment('none, drifted or unknown');
    table
      .timestamp('since', { precision: 3 })
      .nullable()
      .comment('When the episode began; null while there is none');
    table
      .timestamp('changed_at', { precision: 3 })
      .notNullable()
      .comment('When the state changed');
    table
      .timestamp('checked_at', { precision: 3 })
      .nullable()
      .comment('When a cluster last answered');
    table.text('message').nullable().comment('Why it is not known');
    table.integer('objects').notNullable();
    table.integer('fields').notNullable();
    table
      .text('result')
      .notNullable()
      .comment('JSON: the objects that drifted, field by field');
    table
      .text('checks')
      .notNullable()
      .comment(
        'JSON: what each object was checked against, so that only what was written since is asked for',
      );
  });
  await knex.schema.createTable('drift_requests', table => {
    table.comment('What somebody asked to be put back, until it is done');
    table.text('id').primary();
    table.text('environment').notNullable().comment('Key of the environment');
    table.text('actor').notNullable().comment('Catalog entity ref');
    table
      .text('objects')
      .nullable()
      .comment('JSON: only these; null for all that drifted');
    table.timestamp('at', { precision: 3 }).notNullable();
    table.index(['environment'], 'drift_requests_environment_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drift_requests');
  await knex.schema.dropTable('drifts');
};
