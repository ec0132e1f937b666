"""What administrators look after: staff, settings, VAT rates, letters, jobs, sign-ins."""
