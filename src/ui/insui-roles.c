/* insui-roles.c: names of roles and column types for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-roles.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

const char *
insui_role_title (InsRole role)
{
  static const char *const titles[INS_N_ROLES] = {
    [INS_ROLE_INVOICE] = N_ ("Invoice"),
    [INS_ROLE_PRODUCT] = N_ ("Product"),
    [INS_ROLE_DESCRIPTION] = N_ ("Description"),
    [INS_ROLE_QUANTITY] = N_ ("Quantity"),
    [INS_ROLE_DATE] = N_ ("Date"),
    [INS_ROLE_PRICE] = N_ ("Unit price"),
    [INS_ROLE_CUSTOMER] = N_ ("Customer"),
    [INS_ROLE_COUNTRY] = N_ ("Country"),
    [INS_ROLE_AMOUNT] = N_ ("Amount"),
    [INS_ROLE_ID] = N_ ("Identifier"),
  };

  g_return_val_if_fail (role < INS_N_ROLES, "");

  return _ (titles[role]);
}

const char *
insui_column_type_title (InsColumnType type)
{
  switch (type)
    {
    case INS_COLUMN_NUMBER:
      return C_ ("type of a column", "Number");
    case INS_COLUMN_DATE:
      return C_ ("type of a column", "Date");
    case INS_COLUMN_TEXT:
    default:
      return C_ ("type of a column", "Text");
    }
}
