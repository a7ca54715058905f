"""Affairs of members and bodies: resignations, dissent, publications, charges, discipline, appeals, letters."""
