import "/assets/later.js";
