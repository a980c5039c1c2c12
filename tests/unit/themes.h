/* SPDX-License-Identifier: MIT
 * themes.h - texts of three lines each, on two themes that share no word. */
#ifndef UNIT_THEMES_H
#define UNIT_THEMES_H

#define FOOTBALL                                                                                   \
    "The striker scored twice before halftime, and the goalkeeper saved a penalty.\n"              \
    "Midfielders pressed the champions until their defenders lost the ball.\n"                     \
    "Coaches praised both teams after the match and the league confirmed the standings.\n"
#define KITCHEN                                                                                    \
    "Melt butter in a saucepan, then whisk flour and milk into a smooth sauce.\n"                  \
    "Season the onions with pepper and simmer them gently with garlic and thyme.\n"                \
    "Bake the casserole until cheese bubbles, and serve it with roasted potatoes.\n"

#endif
