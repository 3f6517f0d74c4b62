// @ts-check

/**
 * What change requests are to bring to environments: promotions and rollbacks that Git doesn't say yet.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('asked_moves', table => {
    table.comment('What a change request is to bring to an environment');
    table.text('environment').comment('<organization>/<service>/<name>');
    table.text('origin').notNullable().comment('promotion or rollback');
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.text('release').notNullable();
    table.text('workloads').notNullable().comment('JSON, those that move');
    table.timestamp('asked_at', { precision: 3 }).notNullable();
    table.text('actor').notNullable();
    table.text('git_name').notNullable();
    table.text('git_email').notNullable();
    table.text('serial').notNullable().comment('Another one with every asking');
    table
      .text('change_id')
      .nullable()
      .comment('Absent until it is known to be open');
    table.primary(['environment'], 'asked_moves_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('asked_moves');
};
