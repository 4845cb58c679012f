// What every page has: it says that scripts run. Pages read without any of this.
"use strict";
document.documentElement.classList.add("script");
