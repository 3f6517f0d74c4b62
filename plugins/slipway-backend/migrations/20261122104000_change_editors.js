// @ts-check

/**
 * Who has brought an open change up to date, beside who opened it: none of them approves it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_editors', table => {
    table.comment('Who else has asked for what a change brings');
    table
      .text('change_id')
      .notNullable()
      .references('id')
      .inTable('changes')
      .onDelete('CASCADE');
    table.text('actor').notNullable().comment('Catalog entity ref');
    table.primary(['change_id', 'actor'], 'change_editors_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_editors');
};
