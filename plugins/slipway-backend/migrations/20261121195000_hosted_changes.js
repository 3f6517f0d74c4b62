// @ts-check

/**
 * What a Git host keeps of a change request beside Git.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_pull_requests', table => {
    table.comment(
      'The pull request of a change at its Git host, as it was seen last',
    );
    table
      .text('change_id')
      .primary()
      .references('id')
      .inTable('changes')
      .onDelete('CASCADE');
    table.integer('number').notNullable().comment('Its number at the host');
    table.text('url').notNullable();
    table
      .text('details')
      .notNullable()
      .comment('JSON: host, reviews, checks, when it was seen, what was told');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_pull_requests');
};
