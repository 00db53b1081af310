throw new Error("There is no API_KEY in the environment");
